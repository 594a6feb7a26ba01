import { PLACE_NAME, PLACES, placeOf, useFragment } from './place'

/** The way from one place of the page to another. */
export function PlaceNav() {
  const here = placeOf(useFragment())
  return (
    <nav className="places" aria-label="Places">
      {PLACES.map((place) => (
        <a key={place} href={`#${place}`} aria-current={place === here ? 'page' : undefined}>
          {PLACE_NAME[place]}
        </a>
      ))}
    </nav>
  )
}
