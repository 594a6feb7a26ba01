import { useTranslations } from 'use-intl'

/** Whose the page is, and whose the libraries in it are. */
export function Foot() {
  const t = useTranslations('shell.foot')
  return (
    <footer className="foot">
      {t('version', { version: import.meta.env.VITE_APP_VERSION })}
      <a href="./licences.txt">{t('licences')}</a>
    </footer>
  )
}
