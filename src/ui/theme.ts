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

/** Greys with a little of the accent's blue, so that controls belong to the dark page. */
const dark: MantineColorsTuple = [
  '#e8eef1',
  '#c6d0d6',
  '#a3b0b8',
  '#73818a',
  '#4a5760',
  '#344048',
  '#252f36',
  '#1a2126',
  '#141a1e',
  '#0e1316',
]

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 7 },
  colors: { lagoon, dark },
  defaultRadius: 'md',
  fontFamily:
    '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Noto Sans SC", "Microsoft YaHei", sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    // The library would put a style element into the page, which its policy refuses: page.css does it.
    ModalRoot: { defaultProps: { lockScroll: false } },
    DrawerRoot: { defaultProps: { lockScroll: false } },
  },
})
