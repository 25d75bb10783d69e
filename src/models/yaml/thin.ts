/** A text without lines of no interest, and the way back to the places in the whole. */
export interface Thinned {
  readonly text: string
  /** Place in the whole text of a place in the thin one. */
  whole(at: number): number
}

/** So many plain lines in a row tell what kind of list it is. */
const keptInRow = 100
/** An item or a key with a plain value: no tag, anchor, alias, opened quote or bracket, and no key that loaders know. */
const dull =
  /^[ \t]*(?:- +)?(?:'[^'\\]*'|[^\s:#&*!|>'"%@`{}[\],-][^:#&*!|>'"{}[\]]*|-?[\d.]+)?(?:: +(?:'[^'\\]*'|[\w.+-]*))? *$/
const telling = /_target|target:|auto_map|loader|class_path|remote|template|custom|code|pip|params/

/** Leaves out long lists of labels and vocabularies, for which a parser would take minutes. */
export function thinned(text: string): Thinned {
  const starts: number[] = []
  const places: number[] = []
  const kept: string[] = []
  let [at, length, row] = [0, 0, 0]
  for (const line of text.split('\n')) {
    row = line.length < 400 && dull.test(line) && !telling.test(line) ? row + 1 : 0
    if (row <= keptInRow) {
      starts.push(length)
      places.push(at)
      kept.push(line)
      length += line.length + 1
    }
    at += line.length + 1
  }
  const whole = (place: number): number => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= place) low = middle
      else high = middle - 1
    }
    return places[low]! + place - starts[low]!
  }
  return { text: kept.join('\n'), whole }
}
