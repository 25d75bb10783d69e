import { type Act, memoryBytes } from '../core/index.ts'
import { Acts } from './acts.ts'
import { Machine } from './machine.ts'
import { codeOf } from './opcodes.ts'
import { walked, walks } from './probe.ts'

const persistentId = codeOf.get('PERSID')!
/** Bounds of a trial. */
const trialSteps = 20_000
const trialBytes = 64 << 10
const trialStreams = 16
/** So many opcodes in a row that fit are no accident. */
const many = 50
/** Longer than lines of prose are. */
const longLine = 4096
const longestHeader = 9

/**
 * How sure the bytes are a pickle: 0 no, 1 data that pickle writes and text could be, 3 a trial run that makes sense.
 * @param head the first bytes, 64 KiB where there are as many
 * @param size bytes of the whole
 */
export function looksLikePickle(head: Uint8Array, size: number): 0 | 1 | 3 {
  const data = head.subarray(0, trialBytes)
  if (data[0] === 0x80 && data[1]! <= 5) return headed(data, size)
  if (data[0] === undefined || (walked(data, 2) & ~walks.named) === walks.broken) return 0
  return tried(data, size)
}

/**
 * With a PROTO opcode in front, which one tensor in ten thousand has by chance: it must name something before it breaks,
 * end, or go on beyond the head.
 */
function headed(data: Uint8Array, size: number): 0 | 3 {
  const { acts, machine } = trial(data, 0)
  if (acts.some(isImport) || machine.damaged === undefined) return 3
  const { at, cutTo, damagedAt, steps } = machine
  if (size <= data.length || damagedAt < at) return 0
  return at >= data.length || (cutTo === Number.POSITIVE_INFINITY ? steps >= few : cutTo > 0 && cutTo <= size) ? 3 : 0
}

/** What a run over the first bytes does before it breaks. */
function trial(data: Uint8Array, start: number): { acts: readonly Act[]; machine: Machine } {
  const acts = new Acts()
  const machine = new Machine(memoryBytes(data), start, acts)
  machine.run(trialSteps)
  return { acts: acts.list.filter(act => act.offset < machine.damagedAt), machine }
}

/** Protocols 0 and 1 have no header: the opcodes must work. */
function tried(data: Uint8Array, size: number): 0 | 1 | 3 {
  let start = 0
  for (let streams = 0; streams < trialStreams; streams++) {
    const { acts: done, machine } = trial(data, start)
    if (machine.root === null && machine.cutTo > 0 && done.some(isImport)) return 3
    if (machine.root === null) return done.some(isCall) || (size > data.length && goesOn(machine, data, size)) ? 3 : 0
    if (machine.damaged === undefined && done.some(isLookup)) return 3
    if (machine.damaged !== undefined) return done.some(isCall) ? 3 : 0
    if (machine.next === size) return 1
    if (machine.next >= data.length) return 0
    start = machine.next
  }
  return 1
}

/** Whether a stream that the head cuts off is likely to go on: text that is no pickle breaks sooner. */
function goesOn(machine: Machine, data: Uint8Array, size: number): boolean {
  const { steps, cutTo, damagedAt, at, limited, notes } = machine
  // Zip archives begin like the id of an object, which no reader of plain pickles takes.
  if (notes.size > 0 || data[0] === persistentId) return false
  if (limited !== undefined || at >= data.length) return damagedAt >= data.length && steps >= many && isText(data)
  if (damagedAt < at || cutTo === 0) return false
  if (steps >= many) return true
  if (cutTo === Number.POSITIVE_INFINITY) return data.length - at >= longLine && isText(data.subarray(at))
  return cutTo <= size && (steps >= few || isText(data.subarray(at + longestHeader)))
}

/** Letters and line ends only; other bytes need no proof here: nobody takes them for prose. */
const isText = (data: Uint8Array): boolean => data.every(byte => byte >= 32 || (byte >= 9 && byte <= 13))

const nameable = /^[\p{L}\p{N}_]+(\.[\p{L}\p{N}_]+)*$/u

/** Opcodes that a stream with a header, and without a name so far, must have before it is believed. */
const few = 4

/**
 * Whether a pickle begins here, seen on its first bytes: among bytes that are anything, where chance makes headers and
 * opcodes. It must name something that Python could import, or have a header and go on.
 */
export function beginsPickle(data: Uint8Array): boolean {
  const { acts, machine } = trial(data, 0)
  if (acts.some(isImport)) return true
  if (data[0] !== 0x80 || machine.notes.size > 0) return false
  return (
    machine.damaged === undefined || (machine.cutTo > 0 && machine.damagedAt === machine.at && machine.steps >= few)
  )
}

const isImport = ({ kind, module, name }: Act): boolean =>
  kind === 'import' && nameable.test(module) && nameable.test(name)

/** An extension code is no proof: it is a byte and a number, which any noise has. */
const isLookup = ({ kind, module, by }: Act): boolean =>
  (kind === 'unresolved' && !by.startsWith('EXT')) || (kind === 'import' && nameable.test(module))

const isCall = ({ kind, module, name }: Act): boolean => kind === 'call' && nameable.test(module) && nameable.test(name)
