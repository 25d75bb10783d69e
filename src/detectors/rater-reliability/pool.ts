import type { Ratings } from '../../statistics/index.ts'

/** Raters, rated things and votes, with scores brought to few levels. Indices are those of `Ratings`. */
export interface Pool {
  readonly raters: readonly string[]
  readonly items: number
  /** Names of the levels, rising where they are numbers. */
  readonly levels: readonly string[]
  /** True when the levels are an order, so that there is an opposite. */
  readonly ordered: boolean
  /** Votes, one for each rater and thing (the last one counts). */
  readonly rater: Int32Array
  readonly item: Int32Array
  readonly level: Int32Array
  /** Where the vote stands among the ratings. */
  readonly place: Int32Array
  readonly byRater: readonly Int32Array[]
  readonly byItem: readonly Int32Array[]
  /** Votes of a thing by level, `items * levels`. */
  readonly counts: Float64Array
  /** Known level of a thing, -1 where nobody curated it. */
  readonly gold: Int8Array
}

/** More levels than this are joined: a matrix of confusion needs votes in each of its cells. */
const mostLevels = 7
const mostKinds = 8

/** Brings ratings into the shape in which raters are compared; curated ratings are truth and no votes. */
export function poolOf(ratings: Ratings): Pool {
  const { levels, levelOf, ordered } = levelled(ratings)
  const gold = new Int8Array(ratings.items).fill(-1)
  const last = new Map<number, number>()
  for (let k = 0; k < ratings.rater.length; k++) {
    if (ratings.gold[k]) gold[ratings.item[k]!] = levelOf[ratings.value[k]!]!
    else last.set(ratings.rater[k]! * ratings.items + ratings.item[k]!, k)
  }
  const place = Int32Array.from(last.values()).sort()
  const rater = place.map(k => ratings.rater[k]!)
  const item = place.map(k => ratings.item[k]!)
  const level = place.map(k => levelOf[ratings.value[k]!]!)
  const counts = new Float64Array(ratings.items * levels.length)
  for (let v = 0; v < place.length; v++) counts[item[v]! * levels.length + level[v]!]!++
  const byRater = grouped(rater, ratings.raters.length)
  const byItem = grouped(item, ratings.items)
  return {
    raters: ratings.raters,
    items: ratings.items,
    levels,
    ordered: ordered || levels.length === 2,
    rater,
    item,
    level,
    place,
    byRater,
    byItem,
    counts,
    gold,
  }
}

function grouped(keys: Int32Array, size: number): Int32Array[] {
  const lists: number[][] = Array.from({ length: size }, () => [])
  keys.forEach((key, v) => void lists[key]!.push(v))
  return lists.map(list => Int32Array.from(list))
}

interface Levelled {
  readonly levels: readonly string[]
  readonly ordered: boolean
  /** Level of each value. */
  readonly levelOf: Int32Array
}

function levelled({ values, value }: Ratings): Levelled {
  const votes = new Float64Array(values.length)
  for (const v of value) votes[v]!++
  const numbers = values.map(Number)
  const order = [...values.keys()]
  if (numbers.every(n => Number.isFinite(n))) {
    order.sort((a, b) => numbers[a]! - numbers[b]!)
    return order.length <= mostLevels ? inOrder(order, values) : binned(order, values, votes)
  }
  order.sort((a, b) => votes[b]! - votes[a]! || (values[a]! < values[b]! ? -1 : 1))
  const kept = order.slice(0, mostKinds)
  const levels = kept.map(v => values[v]!)
  const levelOf = new Int32Array(values.length).fill(kept.length)
  kept.forEach((v, l) => void (levelOf[v] = l))
  return { levels: order.length > mostKinds ? [...levels, 'other'] : levels, levelOf, ordered: false }
}

function inOrder(order: readonly number[], values: readonly string[]): Levelled {
  const levelOf = new Int32Array(values.length)
  order.forEach((v, l) => void (levelOf[v] = l))
  return { levels: order.map(v => values[v]!), levelOf, ordered: true }
}

/** Bins of about equally many votes; a value with more than its share has a bin of its own. */
function binned(order: readonly number[], values: readonly string[], votes: Float64Array): Levelled {
  const levelOf = new Int32Array(values.length)
  const levels: string[] = []
  let open = votes.reduce((sum, n) => sum + n, 0)
  let from = 0
  while (from < order.length) {
    const share = open / Math.max(1, mostLevels - levels.length)
    let held = 0
    let to = from
    do held += votes[order[to++]!]!
    while (to < order.length && held + votes[order[to]!]! / 2 <= share)
    for (let k = from; k < to; k++) levelOf[order[k]!] = levels.length
    const [first, end] = [values[order[from]!]!, values[order[to - 1]!]!]
    levels.push(first === end ? first : `${first} to ${end}`)
    open -= held
    from = to
  }
  return { levels, levelOf, ordered: true }
}
