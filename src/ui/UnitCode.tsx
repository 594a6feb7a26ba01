import { Button, CopyButton, ScrollArea } from '@mantine/core'
import type { CodeLine } from '../models/pytorch'

const IMPORTS = 'import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n'

interface UnitCodeProps {
  lines: readonly CodeLine[]
  /** Ids of the plan's nodes that are pointed at. */
  lit: readonly string[]
  onPoint: (nodes: readonly string[]) => void
}

/** The unit in PyTorch; the line under the pointer lights its layers in the diagram, and back. */
export function UnitCode({ lines, lit, onPoint }: UnitCodeProps) {
  const text = `${IMPORTS}${lines.map(({ text }) => text).join('\n')}\n`
  return (
    <details className="unit-code">
      <summary>In PyTorch</summary>
      <ScrollArea.Autosize viewportProps={{ tabIndex: 0 }} onPointerLeave={() => onPoint([])}>
        <pre>
          {lines.map(({ text, nodes }, i) => (
            <code
              key={i}
              data-lit={nodes.some((id) => lit.includes(id)) || undefined}
              onPointerEnter={() => onPoint(nodes)}
            >
              {text}
              {'\n'}
            </code>
          ))}
        </pre>
      </ScrollArea.Autosize>
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
