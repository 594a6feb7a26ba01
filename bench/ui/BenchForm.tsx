import { Button, Checkbox, NativeSelect, NumberInput } from '@mantine/core'
import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { type BenchTask, type ContenderName, FEWEST_ROUNDS } from '../contenders'

const DEPTHS = [8, 20, 56, 110]
const OTHERS = [
  { name: 'tensorflow', label: 'TensorFlow.js, op by op' },
  { name: 'jax', label: 'jax-js, the whole step compiled as one' },
] as const satisfies { name: ContenderName; label: string }[]

/** What is likely to take less than a minute. */
const SMALL = { depth: 8, batch: 4, rounds: FEWEST_ROUNDS }
const USUAL = { depth: 20, batch: 128, rounds: 10 }

interface Props {
  software: boolean
  running: boolean
  onStart(task: BenchTask): void
}

/** What to measure. */
export function BenchForm({ software, running, onStart }: Props) {
  const [size, setSize] = useState(software ? SMALL : USUAL)
  const [others, setOthers] = useState<ContenderName[]>([])
  const set = (field: keyof typeof size) => (value: string | number) => {
    if (typeof value === 'number') setSize({ ...size, [field]: value })
  }
  const tick = (name: ContenderName, ticked: boolean) =>
    setOthers(
      OTHERS.map((other) => other.name).filter((other) =>
        other === name ? ticked : others.includes(other),
      ),
    )
  return (
    <form
      className="bench-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!running)
          onStart({ ...size, contenders: ['ours', ...others], browser: true, deep: false })
      }}
    >
      <div className="bench-fields">
        <NativeSelect
          label="Net"
          data={DEPTHS.map((depth) => ({ value: String(depth), label: `ResNet-${depth}` }))}
          value={size.depth}
          onChange={(event) => set('depth')(Number(event.currentTarget.value))}
        />
        <NumberInput
          label="Batch size"
          min={1}
          max={1024}
          clampBehavior="strict"
          allowDecimal={false}
          value={size.batch}
          onChange={set('batch')}
        />
        <NumberInput
          label="Rounds"
          min={FEWEST_ROUNDS}
          max={100}
          allowDecimal={false}
          value={size.rounds}
          onChange={set('rounds')}
        />
      </div>
      <fieldset>
        <legend>Against other libraries, on the same net, weights and images</legend>
        {OTHERS.map(({ name, label }) => (
          <Checkbox
            key={name}
            label={label}
            checked={others.includes(name)}
            onChange={(event) => tick(name, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
      <Button
        type="submit"
        leftSection={<IconPlayerPlayFilled size={16} />}
        aria-disabled={running}
        data-disabled={running}
      >
        Run the bench
      </Button>
    </form>
  )
}
