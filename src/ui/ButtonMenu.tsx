import { Menu, Text } from '@mantine/core'
import { cloneElement, type ReactElement, type ReactNode, useEffect, useState } from 'react'

/** A choice of a menu, or the heading of those below it. */
export type MenuEntry =
  | { heading: string }
  | {
      label: string
      /** What it is for, in small letters below. */
      about?: string
      icon?: ReactNode
      disabled?: boolean
      /** Begins a group. */
      apart?: boolean
      /** The language of the label, where it is not the page's. */
      lang?: string
      /** It is what holds now. */
      current?: boolean
      onClick: () => void
    }

/** A button with its menu, open as soon as it is there. */
export default function ButtonMenu(props: {
  button: ReactElement<Record<string, unknown>>
  entries: readonly MenuEntry[]
  width?: number
}) {
  const { button, entries, width } = props
  const [opened, setOpened] = useState(false)
  // Not at the first render: the focus goes back to what had it when the menu opened.
  useEffect(() => setOpened(true), [])
  return (
    <Menu position="bottom-end" shadow="md" width={width} opened={opened} onChange={setOpened}>
      <Menu.Target>{cloneElement(button, { autoFocus: true })}</Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) =>
          'heading' in entry ? (
            <Menu.Label key={entry.heading}>{entry.heading}</Menu.Label>
          ) : (
            <Entry key={entry.label} {...entry} />
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function Entry(props: Exclude<MenuEntry, { heading: string }>) {
  const { label, about, icon, disabled = false, apart, lang, current = false, onClick } = props
  return (
    <>
      {apart && <Menu.Divider />}
      <Menu.Item
        leftSection={icon}
        disabled={disabled}
        onClick={onClick}
        lang={lang}
        fw={current ? 600 : undefined}
        aria-current={current || undefined}
      >
        {label}
        {about && (
          <Text size="xs" c="var(--muted)">
            {about}
          </Text>
        )}
      </Menu.Item>
    </>
  )
}
