import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBench } from './bench-context'
import { useRuns } from './runs/runs-context'

/** Takes CIFAR-10's files, checkpoints, weights and exported runs wherever they are dropped on the page. */
export function DropTarget() {
  const bench = useBench()
  const runs = useRuns()
  const t = useTranslations('shell')
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
      const exported = files.find(({ name }) => name.endsWith('.json'))
      if (exported) {
        import('../store/import-runs').then(({ importRuns }) => importRuns(runs, exported))
        window.location.hash = '#runs'
        return
      }
      const saved = files.find(({ name }) => name.endsWith('.safetensors'))
      if (saved) {
        bench.open(saved)
        window.location.hash = '#train'
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
  }, [bench, runs])
  return over ? <div className="dropping">{t('drop')}</div> : null
}
