import { kinds, parts } from './arena.ts'
import { calls } from './calls.ts'
import { looked } from './carriers.ts'
import type { Machine } from './machine.ts'
import { digitsOf, indexOf, isPlain, type Readable, readability } from './numerals.ts'
import { forms, names, written } from './opcodes.ts'
import { latin1Bytes, rawUnescaped, unescaped, unquoted } from './texts.ts'

/** What an opcode does to the machine. */
export type Effect = (machine: Machine, code: number) => void

/** Highest protocol that CPython has. */
const highest = 5

/** A constant: its place stands for it. */
const constant: Effect = machine => machine.push(machine.at)

/** A text or byte constant, which may carry another program. */
const carrier: Effect = (machine, code) => {
  machine.push(machine.at)
  const { tape, next, at } = machine
  if (next - at < 12) return
  const form = forms[code]!
  const header = form === written.counted1 ? 2 : form === written.counted4 ? 5 : 9
  machine.here = tape.reach(at, Math.min(next, at + header + looked))
  machine.carriers.look(at, next - at - header, tape.data, machine.here + header)
}

/** A number in decimal letters, which not every reader takes alike. */
const numeral: Effect = (machine, code) => {
  machine.push(machine.at)
  const { at, next, here, tape } = machine
  if (tape.holds(at, next) && isPlain(tape.data, here + 1, here + next - at - 1, names[code] === 'LONG' ? 76 : 0))
    return
  judgeLine(machine, code, readability(names[code]!, machine.constants.line(at + 1, Math.min(next - 1, at + 65_536))))
}

function judgeLine(machine: Machine, code: number, readable: Readable): void {
  const name = names[code]!
  if (readable === 'some') machine.disagree(`a number that only some readers take (${name})`, 'others refuse it')
  if (readable === 'none') machine.breaks(`The line of ${name} is no number (byte ${machine.at}).`)
}

/** A text on a line, as its letters stand or with escapes. */
const unicode: Effect = machine => {
  machine.push(machine.at)
  follow(machine, rawUnescaped(machine.constants.line(machine.at + 1, Math.min(machine.next - 1, machine.at + looked))))
}

/** Has a text whose letters are bytes looked at; its first part is enough. */
function follow(machine: Machine, text: string): void {
  const data = latin1Bytes(text.slice(0, looked))
  if (data) machine.carriers.look(machine.at, Math.max(data.length, machine.next - machine.at - looked), data, 0)
}

const quoted: Effect = machine => {
  machine.push(machine.at)
  const line = machine.constants.line(machine.at + 1, Math.min(machine.next - 1, machine.at + 65_536))
  const inner = unquoted(machine.next - machine.at > 65_536 ? `${line}${line[0]}` : line)
  follow(machine, unescaped((inner ?? line).slice(0, 4 * looked)))
  if (inner === null) return machine.breaks(`The text of STRING has no quotes (byte ${machine.at}).`)
  if (line.length < 2 && machine.next - machine.at < 65_536)
    machine.disagree('a STRING of one quote', 'pickletools reads it, others refuse')
  if (/[\x80-\xff]/.test(inner))
    machine.disagree(
      'a STRING with letters beyond ASCII',
      'what they mean is up to the loader, and pickletools refuses',
    )
}

const counts: Record<string, number> = { TUPLE1: 1, TUPLE2: 2, TUPLE3: 3 }

const tupled: Effect = (machine, code) => {
  const wanted = counts[names[code]!]!
  const { stack } = machine
  if (stack.length - wanted < machine.fence) {
    const found = Array.from({ length: wanted }, () => machine.pop()).reverse()
    for (const handle of found) stack.push(handle)
  }
  machine.push(machine.gather(kinds.tuple, parts.items, stack.length - wanted))
}

const fresh =
  (kind: number): Effect =>
  machine =>
    machine.push(machine.arena.make(kind, 0, 0))

const gathered =
  (kind: number, part: number): Effect =>
  machine => {
    const from = machine.unmark()
    machine.push(machine.gather(kind, part, from))
  }

/** C keeps a table of all indexes up to the highest: from here on it asks for gigabytes, whatever the file's size. */
const hugeIndex = 2 ** 27

const put = (machine: Machine, index: number | bigint) => {
  if (index >= hugeIndex && index > machine.tape.size)
    machine.disagree(`the memo index ${index}`, 'C asks for memory for all indexes up to it, Python for one')
  machine.memo.put(index, machine.top())
  if (machine.memo.full) machine.limit('Its memo has more entries than are kept.')
}

const get = (machine: Machine, index: number | bigint) => {
  const handle = machine.memo.get(index)
  if (handle === undefined) machine.breaks(`Nothing has been put in the memo at ${index} (byte ${machine.at}).`)
  machine.push(handle ?? machine.arena.opaque('nothing'))
}

const lineIndex =
  (use: (machine: Machine, index: number | bigint) => void): Effect =>
  (machine, code) => {
    const { at, next, here, tape } = machine
    const plain = tape.holds(at, next) ? digitsOf(tape.data, here + 1, here + next - at - 1) : -1
    if (plain >= 0) return use(machine, plain)
    const line = machine.constants.line(machine.at + 1, Math.min(machine.next - 1, machine.at + 8192))
    judgeLine(machine, code, readability(names[code]!, line))
    const index = indexOf(line)
    if (index === null) machine.breaks(`${names[code]} names no place in the memo (byte ${machine.at}).`)
    else use(machine, index)
  }

/** Puts what stands above the mark, or on top, into a container or into something else that takes it. */
const filled =
  (kind: number, part: number, single: number): Effect =>
  (machine, code) => {
    const { stack, arena } = machine
    const from = single === 0 ? machine.unmark() : Math.max(stack.length - single, machine.fence)
    const to = stack.length
    if (to - from < single) machine.breaks(`${names[code]} finds nothing on the stack (byte ${machine.at}).`)
    stack.length = from
    const target = machine.top()
    const found = arena.kind(target)
    if (found > kinds.frozenset) machine.watcher.set(machine, target, code, from, to)
    if ((found === kind || found === kinds.call) && to > from) arena.extend(target, part, stack.data, from, to)
  }

const versioned: Effect = machine => {
  machine.protocol = machine.argument()
  if (machine.protocol > highest)
    machine.disagree(`protocol ${machine.protocol}`, `readers up to today's know ${highest}`)
}

const table: Readonly<Record<string, Effect>> = {
  INT: numeral,
  LONG: numeral,
  FLOAT: numeral,
  STRING: quoted,
  UNICODE: unicode,
  BINSTRING: carrier,
  SHORT_BINSTRING: carrier,
  BINUNICODE: carrier,
  SHORT_BINUNICODE: carrier,
  BINUNICODE8: carrier,
  BINBYTES: carrier,
  SHORT_BINBYTES: carrier,
  BINBYTES8: carrier,
  BYTEARRAY8: carrier,
  MARK: machine => machine.mark(),
  POP: machine => void (machine.marked() ? machine.unmark() : machine.pop()),
  POP_MARK: machine => void (machine.stack.length = machine.unmark()),
  DUP: machine => machine.push(machine.top()),
  EMPTY_LIST: fresh(kinds.list),
  EMPTY_DICT: fresh(kinds.dict),
  EMPTY_TUPLE: fresh(kinds.tuple),
  EMPTY_SET: fresh(kinds.set),
  LIST: gathered(kinds.list, parts.items),
  TUPLE: gathered(kinds.tuple, parts.items),
  DICT: gathered(kinds.dict, parts.entries),
  FROZENSET: gathered(kinds.frozenset, parts.items),
  TUPLE1: tupled,
  TUPLE2: tupled,
  TUPLE3: tupled,
  APPEND: filled(kinds.list, parts.items, 1),
  APPENDS: filled(kinds.list, parts.items, 0),
  SETITEM: filled(kinds.dict, parts.entries, 2),
  SETITEMS: filled(kinds.dict, parts.entries, 0),
  ADDITEMS: filled(kinds.set, parts.items, 0),
  PUT: lineIndex(put),
  BINPUT: machine => put(machine, machine.argument()),
  LONG_BINPUT: machine => put(machine, machine.argument()),
  MEMOIZE: machine => put(machine, machine.memo.count),
  GET: lineIndex(get),
  BINGET: machine => get(machine, machine.argument()),
  LONG_BINGET: machine => get(machine, machine.argument()),
  PROTO: versioned,
  FRAME: machine => machine.frames.enter(machine, machine.argument()),
  NEXT_BUFFER: machine => machine.push(machine.arena.opaque('a buffer that the loader brings')),
  READONLY_BUFFER: machine => void machine.top(),
  STOP: machine => {
    machine.root = machine.pop()
    machine.watcher.stopped(machine, machine.root)
  },
  ...calls,
}

/** The effect of each opcode, by its code. */
export const effects: readonly Effect[] = Array.from({ length: 256 }, () => constant).map(
  (otherwise, code) => table[names[code] ?? ''] ?? otherwise,
)
