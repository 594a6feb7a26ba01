import { expect, test } from 'vitest'
import { TaskLine } from './task-line'

test('work goes on after work that failed, even where its fault cannot be told', async () => {
  const line = new TaskLine((error) => {
    throw error
  })
  const failed = line.enqueue(() => Promise.reject(new Error('no room')))
  const done: string[] = []
  const next = line.enqueue(async () => {
    done.push('next')
  })
  await expect(failed).rejects.toThrow('no room')
  await next
  expect(done).toEqual(['next'])
})

test('a task ends when it is told to stop, and what comes after it waits for it', async () => {
  const line = new TaskLine(() => {})
  const order: string[] = []
  const task = async () => {
    while (!line.stopRequested) await new Promise((resolve) => setTimeout(resolve, 1))
    order.push('task')
    return 'result'
  }
  line.begin(task, async (result) => {
    order.push(result)
  })
  expect(line.busy).toBe(true)
  await line.stop()
  expect(line.busy).toBe(false)
  await line.enqueue(async () => {
    order.push('work')
  })
  expect(order).toEqual(['task', 'result', 'work'])
})
