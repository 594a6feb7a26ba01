import { Button, CopyButton } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { CodeLine } from '../models/pytorch'
import { Parts, type Pointing } from './Parts'

const IMPORTS = 'import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n'

/** The unit in PyTorch. */
export function UnitCode({ lines, ...pointing }: Pointing & { lines: readonly CodeLine[] }) {
  const t = useTranslations('unit')
  const text = `${IMPORTS}${lines.map(({ text }) => text).join('\n')}\n`
  return (
    <details className="unit-code">
      <summary>{t('inPyTorch')}</summary>
      <Parts label={t('code')} className="code" {...pointing}>
        <pre>
          {lines.map(({ text, parts }, i) => (
            <code key={i} data-part={parts.join(' ')}>
              {text}
              {'\n'}
            </code>
          ))}
        </pre>
      </Parts>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="light" color="gray" onClick={copy}>
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </details>
  )
}
