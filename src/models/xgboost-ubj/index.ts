import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed, quoted } from '../cursor.ts'

/** Bytes of one value by its marker; texts and containers have their own length. */
const sizes: Readonly<Record<string, number>> = {
  Z: 0,
  T: 0,
  F: 0,
  N: 0,
  i: 1,
  U: 1,
  I: 2,
  l: 4,
  L: 8,
  d: 4,
  D: 8,
  C: 1,
  u: 2,
  m: 4,
  M: 8,
}
const mostValues = 50_000_000
const mostDepth = 200
const key = Buffer.from('learner')

/** A container that is being read; a typed one has no markers before its values. */
interface Open {
  readonly end: '}' | ']'
  /** Values left when the container says how many there are. */
  left: number | null
}

/** XGBoost's trees in Universal Binary JSON: numbers and names alone. */
export default modelFormat({
  id: 'xgboost-ubj',
  title: 'XGBoost UBJSON',
  extensions: ['.ubj'],
  sniff(head) {
    if (head[0] !== 0x7b || !'LliIU'.includes(String.fromCharCode(head[1] ?? 0))) return 0
    return Buffer.from(head.subarray(0, 400)).includes(key) ? 3 : 1
  },
  async read(bytes, examiner) {
    await orMalformed(examiner, 'xgboost-ubj-malformed', () => readFile(bytes, examiner))
  },
})

async function readFile(bytes: Bytes, examiner: Examiner): Promise<void> {
  const cursor = new Cursor(bytes, 0, false)
  const open: Open[] = []
  let values = 0
  do {
    if (++values > mostValues) throw new Malformed(`there are more than ${mostValues} values`, cursor.at)
    step(cursor, open)
  } while (open.length > 0)
  examiner.claim(0, cursor.at, 'trees')
  if (cursor.left === 0) return
  const { at: start, size: end } = cursor
  const text = `${end - start} bytes stand behind the model.`
  examiner.note({ rule: 'xgboost-ubj-tail', severity: 'hold', text, start, end })
  examiner.claim(start, end, 'tail')
  await examiner.member(`tail@${start}`, sliceOf(bytes, start, end), { start, end })
}

/** Reads one key and value, one value, or the end of a container. */
function step(cursor: Cursor, open: Open[]): void {
  const outer = open.at(-1)
  if (outer?.left === 0) {
    open.pop()
    return
  }
  const counted = outer !== undefined && outer.left !== null
  if (counted) outer.left!--
  else if (outer && mark(cursor, false) === outer.end) {
    mark(cursor, true)
    open.pop()
    return
  }
  if (outer?.end === '}') cursor.skip(length(cursor), 'a key')
  value(cursor, mark(cursor, true), open)
}

function mark(cursor: Cursor, move: boolean): string {
  const found = String.fromCharCode(cursor.u8())
  if (!move) cursor.at--
  return found
}

function length(cursor: Cursor): number {
  const { at } = cursor
  const marker = mark(cursor, true)
  const width = 'iUIlL'.includes(marker) ? sizes[marker]! : 0
  if (width === 0) throw new Malformed(`${quoted(marker)} is no length`, at)
  const found = cursor.big(width)
  if (found > BigInt(cursor.left)) throw new Malformed(`a length is ${found}, more than is left`, at)
  return Number(found)
}

function value(cursor: Cursor, marker: string, open: Open[]): void {
  const size = sizes[marker]
  if (size !== undefined) cursor.skip(size, 'a number')
  else if (marker === 'S' || marker === 'H') cursor.skip(length(cursor), 'a text')
  else if (marker === '{' || marker === '[') container(cursor, marker, open)
  else throw new Malformed(`${quoted(marker)} is no kind of value`, cursor.at - 1)
}

function container(cursor: Cursor, marker: '{' | '[', open: Open[]): void {
  if (open.length >= mostDepth) throw new Malformed(`values are nested more than ${mostDepth} deep`, cursor.at)
  const end = marker === '{' ? '}' : ']'
  const type = mark(cursor, false) === '$' ? mark(skipped(cursor), true) : null
  if (mark(cursor, false) !== '#') {
    if (type !== null) throw new Malformed('a typed container has no length', cursor.at)
    open.push({ end, left: null })
    return
  }
  const count = length(skipped(cursor))
  if (type === null) open.push({ end, left: count })
  else if (marker === '[' && sizes[type] !== undefined) cursor.skip(count * sizes[type], 'numbers')
  else throw new Malformed(`a container is of ${quoted(type)}`, cursor.at)
}

function skipped(cursor: Cursor): Cursor {
  cursor.at++
  return cursor
}
