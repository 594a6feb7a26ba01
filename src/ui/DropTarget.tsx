import { useEffect, useState } from 'react'
import { useBench } from './bench-context'

/** Takes CIFAR-10's files, checkpoints and weights wherever they are dropped on the page. */
export function DropTarget() {
  const bench = useBench()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(false)
      const files = [...event.dataTransfer!.files]
      const saved = files.find(({ name }) => name.endsWith('.safetensors'))
      if (saved) {
        bench.open(saved)
        return
      }
      bench.loadData({ kind: 'files', files })
      bench.edit((run) => ({ ...run, data: { ...run.data, name: 'cifar10' } }))
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [bench])
  return over ? (
    <div className="dropping">Drop CIFAR-10's files, a checkpoint or weights</div>
  ) : null
}
