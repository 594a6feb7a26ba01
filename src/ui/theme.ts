import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** A deep teal: apart from the colours of the curves, and readable on white and on near-black. */
const lagoon: MantineColorsTuple = [
  '#e6f8fa',
  '#d1eef2',
  '#a3dde6',
  '#6fccd9',
  '#46bccd',
  '#2aafc2',
  '#1296aa',
  '#0b7285',
  '#096475',
  '#065362',
]

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 7 },
  colors: { lagoon },
  defaultRadius: 'md',
  fontFamily:
    '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
})
