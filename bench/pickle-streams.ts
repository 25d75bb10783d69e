/**
 * Pickle streams by chance: opcodes that mostly fit the stack, in the forms that readers disagree about. Names are inert;
 * nothing is ever loaded from them.
 */
import { pick, type Random } from '../src/core/index.ts'

const letters = (text: string): number[] => [...Buffer.from(text, 'latin1')]
const utf8 = (text: string): number[] => [...Buffer.from(text)]
const names = ['a', 'b.c', 'os', 'system', 'x_1', 'D.e.f', '', ' ', 'm\u00f6', '\u4e2d', 'n\r', 'z\0z']
const numerals = [
  '0',
  '1',
  '00',
  '01',
  '5',
  '-3',
  '007',
  '0x1f',
  '0b1',
  '0o7',
  '1_0',
  '_1',
  '1__0',
  ' 4',
  '4 ',
  '+2',
  '',
]
const oddNumerals = [
  '1\x002',
  '9'.repeat(30),
  '1e3',
  '1.5',
  'inf',
  'nan',
  '-inf',
  '1_0.5',
  '.5',
  '5L',
  '0x',
  'L',
  '3LL',
  '2\t',
  '1\r',
]
const texts = [
  "'a'",
  '"b.c"',
  "'os'",
  "'x\\x41'",
  "'\\157s'",
  "'\\q'",
  "'",
  '""',
  '\'a"',
  'a',
  "'\xe9'",
  "'a'b'",
  "'\\'",
  "'n\\n'",
]

/** State of the stack that the opcodes so far would leave, as a writer of streams knows it. */
interface Draft {
  readonly bytes: number[]
  readonly marks: number[]
  readonly memo: number[]
  height: number
}

type Opcode = (draft: Draft, random: Random) => void

const int = (random: Random, below: number): number => Math.floor(random() * below)
const little = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, k) => Math.floor(value / 2 ** (8 * k)) % 256)
const put = (draft: Draft, ...bytes: readonly number[]): void => void draft.bytes.push(...bytes)
const line = (random: Random, odd: number): string => pick(random() < odd ? oddNumerals : numerals, random)
const floor = (draft: Draft): number => draft.marks.at(-1) ?? 0

/** An opcode that pushes one value. */
const pushes =
  (bytes: (random: Random) => readonly number[]): Opcode =>
  (draft, random) => {
    put(draft, ...bytes(random))
    draft.height++
  }

/** An opcode that takes so many values and leaves so many. */
const takes =
  (code: number, taken: number, left: number): Opcode =>
  (draft, random) => {
    if (draft.height - taken < floor(draft) && random() < 0.97) return
    put(draft, code)
    draft.height = Math.max(floor(draft), draft.height - taken) + left
  }

/** An opcode that takes all above the mark. */
const closes =
  (code: number, below: number, left: number, tail: (random: Random) => readonly number[] = () => []): Opcode =>
  (draft, random) => {
    const mark = draft.marks.at(-1)
    if ((mark === undefined || mark - (draft.marks.at(-2) ?? 0) < below) && random() < 0.97) return
    put(draft, code, ...tail(random))
    draft.marks.pop()
    draft.height = Math.max(0, (mark ?? draft.height) - below) + left
  }

const nameLines = (random: Random): number[] => [...utf8(pick(names, random)), 10, ...utf8(pick(names, random)), 10]

const counted = (code: number, size: number): Opcode =>
  pushes(random => {
    const data =
      random() < 0.9 ? utf8(pick(names, random)) : Array.from({ length: int(random, 6) }, () => int(random, 256))
    const said = random() < 0.99 ? data.length : int(random, 300)
    return [code, ...little(said, size), ...data]
  })

const stored = (index: (draft: Draft, random: Random) => { bytes: readonly number[]; at: number }): Opcode => {
  return (draft, random) => {
    if (draft.height <= floor(draft) && random() < 0.97) return
    const { bytes, at } = index(draft, random)
    put(draft, ...bytes)
    draft.memo.push(at)
  }
}

const recalled = (bytes: (at: number, random: Random) => readonly number[]): Opcode => {
  return (draft, random) => {
    if (draft.memo.length === 0 && random() < 0.97) return
    const at = random() < 0.98 ? (draft.memo[int(random, draft.memo.length)] ?? 0) : int(random, 40)
    put(draft, ...bytes(at, random))
    draft.height++
  }
}

const stackGlobal: Opcode = (draft, random) => {
  for (let k = 0; k < 2; k++) pick(texters, random)(draft, random)
  if (random() < 0.2) pick(jugglers, random)(draft, random)
  put(draft, 0x93)
  draft.height = Math.max(floor(draft) + 1, draft.height - 1)
}

const texters: readonly Opcode[] = [
  counted(0x8c, 1),
  counted(0x8c, 1),
  counted(0x58, 4),
  counted(0x8d, 8),
  counted(0x55, 1),
  counted(0x54, 4),
  pushes(random => [
    0x56,
    ...letters(pick([...names.slice(0, 8), 'o\\u0073', '\\U0000006f', '\\\\u0041', '\\x', '\xe9'], random)),
    10,
  ]),
  pushes(random => [0x53, ...letters(pick(texts, random)), 10]),
]

const jugglers: readonly Opcode[] = [
  takes(0x30, 1, 0),
  (draft, random) => {
    if (draft.height <= floor(draft) && random() < 0.97) return
    put(draft, 0x32)
    draft.height++
  },
  stored((draft, random) => ({ bytes: [0x94], at: random() < 0.9 ? draft.memo.length : 0 })),
  stored((_, random) => {
    const at = int(random, 6)
    return { bytes: [0x71, at], at }
  }),
  stored((_, random) => {
    const at = random() < 0.95 ? int(random, 300) : 100_000
    return { bytes: [0x72, ...little(at, 4)], at }
  }),
  stored((_, random) => ({ bytes: [0x70, ...letters(line(random, 0.1)), 10], at: int(random, 6) })),
  recalled(at => [0x68, at & 255]),
  recalled(at => [0x6a, ...little(at, 4)]),
  recalled((at, random) => [0x67, ...letters(random() < 0.8 ? `${at}` : line(random, 0.1)), 10]),
]

const constants: readonly Opcode[] = [
  pushes(random => [pick([0x4e, 0x88, 0x89, 0x5d, 0x7d, 0x29, 0x8f, 0x97], random)]),
  pushes(random => [0x4b, int(random, 256)]),
  pushes(random => [0x4d, ...little(int(random, 65_536), 2)]),
  pushes(random => [0x4a, ...little(int(random, 2 ** 32), 4)]),
  pushes(random => [0x47, ...little(int(random, 2 ** 32), 8)]),
  pushes(random => [0x49, ...letters(line(random, 0.15)), 10]),
  pushes(random => [0x4c, ...letters(`${line(random, 0.15)}${random() < 0.6 ? 'L' : ''}`), 10]),
  pushes(random => [0x46, ...letters(line(random, 0.5)), 10]),
  counted(0x8a, 1),
  counted(0x8b, 4),
  counted(0x42, 4),
  counted(0x43, 1),
  counted(0x8e, 8),
  counted(0x96, 8),
]

const doers: readonly Opcode[] = [
  pushes(random => [0x63, ...nameLines(random)]),
  pushes(random => [0x63, ...nameLines(random)]),
  stackGlobal,
  stackGlobal,
  takes(0x93, 2, 1),
  takes(0x52, 2, 1),
  takes(0x52, 2, 1),
  (draft, random) => {
    put(draft, 0x63, ...letters('a\nb.c\n'), pick([0x29, 0x5d], random), 0x52)
    draft.height++
  },
  takes(0x81, 2, 1),
  takes(0x92, 3, 1),
  takes(0x62, 2, 1),
  takes(0x61, 2, 1),
  takes(0x73, 3, 1),
  closes(0x65, 1, 1),
  closes(0x75, 1, 1),
  closes(0x90, 1, 1),
  closes(0x69, 0, 1, nameLines),
  closes(0x6f, 0, 1),
  takes(0x51, 1, 1),
  pushes(random => [0x50, ...letters(pick(texts, random)), 10]),
  pushes(random => [0x82, int(random, 3)]),
  pushes(random => [0x83, ...little(int(random, 600), 2)]),
  pushes(random => [0x84, ...little(int(random, 600), 4)]),
]

const builders: readonly Opcode[] = [
  draft => {
    put(draft, 0x28)
    draft.marks.push(draft.height)
  },
  draft => {
    put(draft, 0x28)
    draft.marks.push(draft.height)
  },
  closes(0x74, 0, 1),
  closes(0x6c, 0, 1),
  closes(0x64, 0, 1),
  closes(0x31, 0, 0),
  closes(0x91, 0, 1),
  takes(0x85, 1, 1),
  takes(0x86, 2, 1),
  takes(0x87, 3, 1),
  takes(0x98, 1, 1),
]

const structure: readonly Opcode[] = [
  (draft, random) => put(draft, 0x80, random() < 0.95 ? int(random, 6) : int(random, 256)),
  (draft, random) => put(draft, 0x95, ...little(int(random, random() < 0.9 ? 40 : 400), 8)),
]

const kinds: readonly (readonly [number, readonly Opcode[]])[] = [
  [0.28, constants],
  [0.45, texters],
  [0.62, jugglers],
  [0.76, builders],
  [0.97, doers],
  [1, structure],
]

/** A stream whose opcodes mostly fit. */
export function grownStream(random: Random): Uint8Array {
  const draft: Draft = { bytes: [], marks: [], memo: [], height: 0 }
  if (random() < 0.6) put(draft, 0x80, int(random, 6))
  if (random() < 0.3) put(draft, 0x95, ...little(int(random, 120), 8))
  const length = 2 + int(random, 30)
  for (let k = 0; k < length; k++) {
    const chance = random()
    pick(kinds.find(([below]) => chance < below)![1], random)(draft, random)
  }
  if (random() < 0.9) put(draft, 0x2e)
  return Uint8Array.from(draft.bytes)
}
