import { expect, test } from './page-model'

test('the page runs nothing but its own files, and puts no text into itself as code or style', async ({
  playground,
}) => {
  const { page } = playground
  for (const address of ['./bench/', './']) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
    expect(await page.evaluate(whatThePolicyRefuses)).toEqual({
      'a script element': 'require-trusted-types-for',
      'evaluated text': 'require-trusted-types-for',
      'markup of a text': 'require-trusted-types-for',
      'another origin’s worker': 'a TypeError',
      'a style element': 'style-src-elem',
      'a style attribute': 'style-src-attr',
      'another origin’s picture': 'img-src',
      'another origin’s data': 'connect-src',
    })
    playground.takeFaults()
  }
})

/** What a page could be made to do that is not its own, and by what it is refused. */
async function whatThePolicyRefuses(): Promise<Record<string, string>> {
  const make = (tag: string) => document.createElement(tag)
  const attempts: Record<string, () => unknown> = {
    'a script element': () => document.body.append(Object.assign(make('script'), { text: '1' })),
    'evaluated text': () => new Function('return 1')(),
    'markup of a text': () => Object.assign(make('p'), { innerHTML: '<b>1</b>' }),
    'another origin’s worker': () => new Worker('https://example.org/worker.js'),
    'a style element': () => document.head.appendChild(make('style')).append('p { color: red }'),
    'a style attribute': () => make('p').setAttribute('style', 'color: red'),
    'another origin’s picture': () =>
      Object.assign(new Image(), { src: 'https://example.org/picture.png' }),
    'another origin’s data': () => fetch('https://example.org/data').catch(() => {}),
  }
  const refused: Record<string, string> = {}
  for (const [name, attempt] of Object.entries(attempts)) {
    const violation = new Promise<string>((resolve) => {
      const tell = (event: SecurityPolicyViolationEvent) => resolve(event.effectiveDirective)
      document.addEventListener('securitypolicyviolation', tell, { once: true })
    })
    let thrown = 'nothing'
    try {
      await attempt()
    } catch (error) {
      thrown = `a ${(error as Error).name}`
    }
    const timeout = new Promise<string>((resolve) => setTimeout(() => resolve(thrown), 500))
    refused[name] = await Promise.race([violation, timeout])
    // Meta element and header both refuse it.
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return refused
}
