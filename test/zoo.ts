import { gzipSync } from 'node:zlib'

/** A bad or odd file, built by code. */
export interface Animal {
  readonly name: string
  readonly bytes: Uint8Array
  /** Rows that must come out. */
  readonly rows: number
  /** Kinds of defects that must be reported, and no others. */
  readonly defects: readonly string[]
  /** Where the first defect stands, when the format has lines. */
  readonly at?: { readonly line: number; readonly column?: number }
  /** Records that could not be judged. */
  readonly lost?: number
  readonly labels?: readonly (string | number | boolean | null)[]
  readonly recordBytes?: number
}

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8')
const good = '{"text":"a fine day out","label":"pos"}\n{"text":"a long wait in the rain","label":"neg"}\n'
const csv = 'text,label\n"a fine, sunny day",pos\na long wait,neg\n'
const long = (n: number): string => `{"text":"${'word '.repeat(n)}","label":"pos"}\n`

/** One of everything that real folders hold and honest readers trip over. */
export const zoo: readonly Animal[] = [
  { name: 'empty.jsonl', bytes: text(''), rows: 0, defects: [] },
  { name: 'empty.csv', bytes: text(''), rows: 0, defects: [] },
  { name: 'blank.jsonl', bytes: text('\n\n  \n'), rows: 0, defects: [] },
  { name: 'header-only.csv', bytes: text('text,label\n'), rows: 0, defects: [] },
  { name: 'header-only.tsv', bytes: text('text\tlabel\n'), rows: 0, defects: [] },
  { name: 'one-column.csv', bytes: text('text\na fine day\nanother day\n'), rows: 2, defects: [] },
  { name: 'no-newline-at-end.jsonl', bytes: text(good.trimEnd()), rows: 2, defects: [] },
  { name: 'windows-newlines.jsonl', bytes: text(good.replaceAll('\n', '\r\n')), rows: 2, defects: [] },
  { name: 'old-mac-newlines.csv', bytes: text(csv.replaceAll('\n', '\r')), rows: 2, defects: [] },
  { name: 'bom.jsonl', bytes: text(`\ufeff${good}`), rows: 2, defects: [] },
  { name: 'bom.csv', bytes: text(`\ufeff${csv}`), rows: 2, defects: [], labels: ['pos', 'neg'] },
  { name: 'utf16.csv', bytes: Buffer.from(`\ufeff${csv}`, 'utf16le'), rows: 2, defects: [], labels: ['pos', 'neg'] },
  { name: 'utf16-no-bom.jsonl', bytes: Buffer.from(good, 'utf16le'), rows: 2, defects: [], labels: ['pos', 'neg'] },
  {
    name: 'latin1.csv',
    bytes: Buffer.from('text,label\na caf\u00e9 by the sea,pos\nplain words here,neg\n', 'latin1'),
    rows: 2,
    defects: ['bad-encoding'],
    at: { line: 2, column: 6 },
  },
  {
    name: 'mixed-encodings.jsonl',
    bytes: Buffer.concat([
      text('{"text":"café one","label":"a"}\n'),
      Buffer.from('{"text":"caf\u00e9 two","label":"b"}\n', 'latin1'),
    ]),
    rows: 2,
    defects: ['bad-encoding'],
    at: { line: 2, column: 13 },
  },
  {
    name: 'nul.csv',
    bytes: text('text,label\na fi\0ne day,pos\na wait,neg\n'),
    rows: 2,
    defects: ['nul-byte'],
    at: { line: 2, column: 5 },
  },
  { name: 'nul-in-string.jsonl', bytes: text(good.replace('fine', 'fi\\u0000ne')), rows: 2, defects: [] },
  {
    name: 'bad-json.jsonl',
    bytes: text(`${good}{"text":"cut", "label"\n${good}`),
    rows: 4,
    lost: 1,
    defects: ['bad-json'],
    at: { line: 3, column: 23 },
  },
  {
    name: 'single-quotes.jsonl',
    bytes: text(`${good}{'text':'x','label':'y'}\n`),
    rows: 2,
    lost: 1,
    defects: ['bad-json'],
    at: { line: 3, column: 2 },
  },
  {
    name: 'not-a-number.jsonl',
    bytes: text(`${good}{"text":"x y z","label":NaN}\n`),
    rows: 2,
    lost: 1,
    defects: ['bad-json'],
    at: { line: 3, column: 25 },
  },
  {
    name: 'deep.jsonl',
    bytes: text(`${good}{"text":${'['.repeat(2000)}1${']'.repeat(2000)},"label":"pos"}\n`),
    rows: 3,
    defects: ['too-deep'],
    at: { line: 3 },
  },
  {
    name: 'endless-nesting.jsonl',
    bytes: text(`${good}{"text":${'['.repeat(100_000)}\n`),
    rows: 2,
    lost: 1,
    defects: ['bad-json'],
    at: { line: 3 },
  },
  {
    name: 'ragged.csv',
    bytes: text('text,label\nonly one\na b c,pos\nx,y,z words\n'),
    rows: 3,
    defects: ['ragged-row'],
    at: { line: 2 },
  },
  {
    name: 'stray-quote.csv',
    bytes: text('text,label\n"he said "no" twice",pos\nplain words,neg\n'),
    rows: 2,
    defects: ['bad-quote'],
    at: { line: 2, column: 10 },
  },
  {
    name: 'unclosed-quote.csv',
    bytes: text('text,label\n"never closed,pos\nplain words,neg\nmore words,pos\n'),
    rows: 2,
    lost: 1,
    defects: ['unclosed-quote'],
    at: { line: 2 },
  },
  {
    name: 'duplicate-columns.csv',
    bytes: text('text,label,label\na b c,x,y\nd e f,x,y\n'),
    rows: 2,
    defects: ['duplicate-column'],
    at: { line: 1, column: 3 },
  },
  {
    name: 'no-header.tsv',
    bytes: text('ham\tsee you at nine tonight\nspam\twin a prize now\nham\tok see you\n'),
    rows: 3,
    defects: ['no-header'],
    labels: ['ham', 'spam', 'ham'],
  },
  {
    name: 'number-labels.jsonl',
    bytes: text('{"text":"a b c","label":1}\n{"text":"d e f","label":0}\n'),
    rows: 2,
    defects: [],
    labels: [1, 0],
  },
  {
    name: 'mixed-labels.jsonl',
    bytes: text('{"text":"a b c","label":true}\n{"text":"d e f","label":null}\n{"text":"g h i","label":3}\n'),
    rows: 3,
    defects: [],
    labels: [true, null, 3],
  },
  {
    name: 'missing-label.jsonl',
    bytes: text('{"text":"a b c","label":"x"}\n{"text":"d e f"}\n'),
    rows: 2,
    defects: [],
    labels: ['x', null],
  },
  {
    name: 'hostile-keys.jsonl',
    bytes: text('{"text":"a b c","label":"x","__proto__":1,"constructor":2}\n{"text":"d e f","label":"y"}\n'),
    rows: 2,
    defects: [],
  },
  {
    name: 'huge-line.jsonl',
    bytes: text(good + long(40_000) + good),
    rows: 4,
    lost: 1,
    defects: ['too-long'],
    at: { line: 3 },
    recordBytes: 100_000,
  },
  { name: 'huge-line-within.jsonl', bytes: text(good + long(40_000) + good), rows: 5, defects: [] },
  {
    name: 'huge-element.json',
    bytes: text(`[${good.trim().replace('\n', ',')},${long(40_000).trim()},${good.trim().replace('\n', ',')}]`),
    rows: 4,
    lost: 1,
    defects: ['too-long'],
    recordBytes: 100_000,
  },
  {
    name: 'huge-row.csv',
    bytes: text(`text,label\na b,pos\n${'word '.repeat(40_000)},pos\nc d,neg\n`),
    rows: 2,
    lost: 1,
    defects: ['too-long'],
    at: { line: 3 },
    recordBytes: 100_000,
  },
  {
    name: 'truncated.json',
    bytes: text('[{"text":"a b c","label":"x"},{"text":"d e'),
    rows: 1,
    lost: 1,
    defects: ['truncated'],
  },
  {
    name: 'bad-element.json',
    bytes: text('[{"text":"a b c","label":"x"},\n{"text" "d"},\n{"text":"e f","label":"y"}]'),
    rows: 2,
    lost: 1,
    defects: ['bad-json'],
    at: { line: 2, column: 9 },
  },
  {
    name: 'truncated.jsonl.gz',
    bytes: gzipSync(text(good.repeat(5000))).subarray(0, 400),
    rows: -1,
    defects: ['bad-json', 'truncated'],
  },
  {
    name: 'damaged.jsonl.gz',
    bytes: damaged(gzipSync(text(good.repeat(500)))),
    rows: -1,
    defects: ['bad-compression'],
  },
  {
    name: 'two-members.jsonl.gz',
    bytes: Buffer.concat([gzipSync(text(good)), gzipSync(text(good))]),
    rows: 4,
    defects: [],
  },
]

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(0x12345678, copy.length - 8)
  return copy
}
