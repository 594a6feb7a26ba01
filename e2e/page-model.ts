import { readFileSync } from 'node:fs'
import { test as base, expect, type Locator, type Page } from '@playwright/test'

/** The playground as a person finds it: by names and roles, not by the page's structure. */
export class Playground {
  /** Where the training stands: `data-phase` of the main element. */
  readonly main: Locator
  readonly steps: Locator
  /** Errors in the console, those of the page's policy too, and requests to other origins. */
  readonly faults: string[] = []

  constructor(readonly page: Page) {
    this.main = page.getByRole('main')
    this.steps = page.getByRole('table', { name: 'Steps' })
  }

  async open(): Promise<void> {
    await this.page.goto('./')
    await expect(this.main).toBeVisible()
  }

  /** All that the page loads after it stands has come. */
  async hasAllParts(): Promise<void> {
    await this.page.waitForFunction(
      () => performance.getEntriesByName('all parts loaded', 'mark').length > 0,
    )
  }

  /** The faults so far, which the test has made on purpose. */
  takeFaults(): string {
    return this.faults.splice(0).join('\n')
  }

  /** Once all of the page is here; from then on it reaches nothing over the network. */
  async goOffline(): Promise<void> {
    await this.hasAllParts()
    await this.page.context().route('**/*', (route) => route.abort())
  }

  async choose(
    group: 'Version' | 'Block' | 'Depth' | 'Projection' | 'Widths' | 'Pictures' | 'Unit shown',
    option: string,
  ): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: group })
    await choices.getByText(option, { exact: true }).click()
  }

  async fill(field: string, value: number): Promise<void> {
    const input = this.page.getByLabel(field, { exact: true })
    await input.fill(String(value))
    await input.blur()
  }

  async press(button: 'Train' | 'Pause' | 'Step' | 'Reset' | 'Resume'): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click()
  }

  async reaches(phase: string, timeout = 200_000): Promise<void> {
    await expect(this.main).toHaveAttribute('data-phase', phase, { timeout })
  }

  /** Opens the table of figures below the curves. */
  async showTable(): Promise<void> {
    await this.page.getByText('Figures as a table').click()
  }

  /** A net and a batch that a software adapter trains at several steps a second. */
  async makeSmall(steps: number): Promise<void> {
    await this.choose('Widths', '8 · 16 · 32')
    await this.fill('Batch size', 16)
    await this.fill('Training steps', steps)
    await this.fill('Learning rate', 0.05)
  }

  /** The losses of the table of steps, digit by digit as it shows them. */
  async losses(): Promise<string[]> {
    const cells = this.steps.locator('tbody tr td:nth-child(2)')
    return (await cells.allTextContents()).map((text) => text.trim())
  }

  /** The hash of the weights where training rests, whole. */
  async weights(): Promise<string> {
    const title = await this.page.getByTitle(/^SHA-256 of all tensors/).getAttribute('title')
    return title!.replace(/^.*: /, '')
  }

  /** Saves the run by the page's menu. */
  async save(what: 'Save checkpoint' | 'Save weights'): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent('download')
    await this.chooseFile(what)
    const file = await download
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }

  async openFile(name: string, buffer: Buffer): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.chooseFile('Open…')
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer })
  }

  private async chooseFile(item: string): Promise<void> {
    await this.page.getByRole('button', { name: 'File', exact: true }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** Tells the page that it may go away, and waits until it has kept its run. */
  async keepsRun(): Promise<void> {
    const savedAt = () => this.page.evaluate(keptAt)
    const before = await savedAt()
    await this.page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
    await expect.poll(savedAt, { timeout: 60_000 }).toBeGreaterThan(before)
  }

  async hasSteps(count: number, timeout = 200_000): Promise<void> {
    await expect
      .poll(async () => (await this.losses()).length, { timeout })
      .toBeGreaterThanOrEqual(count)
  }
}

/** When the page last kept a run or a race in the browser's private files, or 0. */
async function keptAt(): Promise<number> {
  const root = await navigator.storage.getDirectory()
  let last = 0
  for await (const [name, folder] of root.entries()) {
    if (name !== 'runs' && name !== 'races') continue
    for await (const file of (folder as FileSystemDirectoryHandle).values()) {
      const { size, lastModified } = await (file as FileSystemFileHandle).getFile()
      if (size > 0) last = Math.max(last, lastModified)
    }
  }
  return last
}

/** A test of the page; an error in its console or a request to another origin fails it. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page, baseURL }, use) => {
    const playground = new Playground(page)
    const { faults } = playground
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    page.context().on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol !== 'blob:' && origin !== new URL(baseURL!).origin) faults.push(request.url())
    })
    await use(playground)
    expect(faults, 'errors, and requests to other origins').toEqual([])
  },
})

export { expect }
