/** Where the string that begins at `start` ends: at the first quote that is not escaped. */
function stringEnd(json: string, start: number): number {
  for (let end = start; ; ) {
    end = json.indexOf('"', end + 1)
    let escapes = 0
    while (json[end - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return end
  }
}

/**
 * The first key that stands twice in one object of a JSON text, at any depth, or undefined.
 * `JSON.parse` keeps the last of them and says nothing. The text must be right JSON.
 */
export function repeatedKey(json: string): string | undefined {
  const [mark, colon] = [/["{}]/g, /\s*:/y]
  const objects: Set<string>[] = []
  for (let found = mark.exec(json); found; found = mark.exec(json)) {
    const [character] = found
    if (character === '{') objects.push(new Set())
    else if (character === '}') objects.pop()
    else {
      const end = stringEnd(json, found.index) + 1
      mark.lastIndex = end
      colon.lastIndex = end
      if (!colon.test(json)) continue
      const key: string = JSON.parse(json.slice(found.index, end))
      const keys = objects.at(-1)!
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return undefined
}
