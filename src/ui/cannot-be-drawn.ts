/** The last resort where the page cannot start or be drawn at all; both languages, as neither is loaded. */
export function cannotBeDrawn(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  const lines = [
    `Residual Playground cannot be shown: ${message}. Reload the page; runs are kept.`,
    `Residual Playground 无法显示：${message}。请重新加载页面；训练记录会被保留。`,
  ]
  for (const line of lines) {
    const paragraph = document.createElement('p')
    paragraph.setAttribute('role', 'alert')
    paragraph.textContent = line
    document.body.append(paragraph)
  }
  throw error
}
