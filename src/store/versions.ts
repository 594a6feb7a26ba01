import type { Versions } from '../archive/record'

interface Brand {
  brand: string
  version: string
}

/** The browser as it names itself: Chromium's brands, or the last words of the user agent. */
export function browserName(navigator: Navigator): string {
  const { brands = [] } = (navigator as { userAgentData?: { brands: readonly Brand[] } })
    .userAgentData ?? { brands: [] }
  // Chromium puts in a brand that is none, so that nobody relies on the list.
  const honest = brands.filter(({ brand }) => !/not.*brand/i.test(brand))
  const named = honest.find(({ brand }) => brand !== 'Chromium') ?? honest[0]
  if (named) return `${named.brand} ${named.version}`
  return navigator.userAgent.split(' ').slice(-2).join(' ')
}

/** What a run is trained with here; version and commit are those of the build. */
export function versionsOf(navigator: Navigator): Versions {
  return {
    app: import.meta.env.VITE_APP_VERSION ?? 'unknown',
    commit: import.meta.env.VITE_APP_COMMIT ?? 'unknown',
    browser: browserName(navigator),
  }
}
