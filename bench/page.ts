/** One contender, or the probes, in a page: page.html?role=ROLE&task=TASK */
import { answer, type Methods, type Reply } from './answers'
import { methodsOf, type WebGpuRole } from './methods'

declare global {
  interface Window {
    /** What the bench calls from outside. */
    answer: (method: string) => Promise<Reply>
  }
}

const query = new URLSearchParams(location.search)
const opened: Promise<Methods> = methodsOf(
  query.get('role') as WebGpuRole,
  navigator.gpu,
  JSON.parse(query.get('task')!),
)

opened.catch(() => {})
window.answer = (method) => answer(opened, method)
