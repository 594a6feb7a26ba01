import { Button, CopyButton } from '@mantine/core'
import type { CodeLine } from '../models/pytorch'
import { Parts, type Pointing } from './Parts'

const IMPORTS = 'import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n'

/** The unit in PyTorch. */
export function UnitCode({ lines, ...pointing }: Pointing & { lines: readonly CodeLine[] }) {
  const text = `${IMPORTS}${lines.map(({ text }) => text).join('\n')}\n`
  return (
    <details className="unit-code">
      <summary>In PyTorch</summary>
      <Parts label="Code" className="code" {...pointing}>
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
            {copied ? 'Copied' : 'Copy the code'}
          </Button>
        )}
      </CopyButton>
    </details>
  )
}
