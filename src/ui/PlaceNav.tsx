import { useTranslations } from 'use-intl'
import { PLACES, placeOf, useFragment } from './place'

/** The way from one place of the page to another. */
export function PlaceNav() {
  const here = placeOf(useFragment())
  const t = useTranslations('shell')
  return (
    <nav className="places" aria-label={t('places')}>
      {PLACES.map((place) => (
        <a key={place} href={`#${place}`} aria-current={place === here ? 'page' : undefined}>
          {t(`place.${place}`)}
        </a>
      ))}
    </nav>
  )
}
