import type { Bytes } from './bytes.ts'
import type { Model } from './model.ts'

/** Vocabularies beyond this are not read. */
const mostBytes = 64 << 20
const shownToken = 60

/** The text of a token by its row; undefined when nothing beside the embedding tells. */
export type TokenText = (row: number) => string | undefined

/** Finds the vocabulary that stands beside a file or in it. It names rows for people and changes no verdict. */
export function tokensBeside(model: Model, file: string): TokenText {
  let known: TokenText | undefined
  return row => {
    known ??= readTokens(model, file)
    return known(row)
  }
}

function readTokens(model: Model, file: string): TokenText {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const own = model.files.find(each => each.name === file)
  if (own?.root.format === 'gguf') return shown(ggufTokens(own.root.bytes))
  for (const name of ['tokenizer.json', 'vocab.json', 'vocab.txt']) {
    const found = model.files.find(each => each.name === folder + name)
    if (!found || found.root.size > mostBytes) continue
    const text = Buffer.from(found.root.bytes.read(0, found.root.size)).toString('utf8')
    const tokens = name.endsWith('.txt') ? text.split(/\r?\n/) : fromJson(text)
    if (tokens.length > 0) return shown(tokens)
  }
  return () => undefined
}

const shown =
  (tokens: readonly (string | undefined)[]): TokenText =>
  row =>
    tokens[row] === undefined ? undefined : JSON.stringify(tokens[row].slice(0, shownToken))

function fromJson(text: string): (string | undefined)[] {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch {
    return []
  }
  const tokens: (string | undefined)[] = []
  const vocabulary = at(at(root, 'model'), 'vocab') ?? root
  if (Array.isArray(vocabulary))
    for (const [k, entry] of vocabulary.entries()) put(tokens, k, Array.isArray(entry) ? entry[0] : entry)
  else if (isObject(vocabulary)) for (const [token, id] of Object.entries(vocabulary)) put(tokens, id, token)
  const added = at(root, 'added_tokens')
  if (Array.isArray(added)) for (const entry of added) put(tokens, at(entry, 'id'), at(entry, 'content'))
  return tokens
}

const mostTokens = 4_000_000

function put(tokens: (string | undefined)[], id: unknown, token: unknown): void {
  if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < mostTokens && typeof token === 'string')
    tokens[id] = token
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const at = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** The list `tokenizer.ggml.tokens` of a GGUF file, found by its key: kind 9 (list) of kind 8 (text). */
function ggufTokens(bytes: Bytes): string[] {
  const data = Buffer.from(bytes.read(0, Math.min(bytes.size, mostBytes)))
  const key = 'tokenizer.ggml.tokens'
  const start = data.indexOf(`${key}\u0009\u0000\u0000\u0000\u0008\u0000\u0000\u0000`, 0, 'latin1')
  if (start < 0) return []
  let place = start + key.length + 8
  const tokens: string[] = []
  const length = () => {
    const size = place + 8 <= data.length ? data.readBigUInt64LE(place) : 0n
    place += 8
    return size > BigInt(mostBytes) ? 0 : Number(size)
  }
  const count = Math.min(length(), mostTokens)
  while (tokens.length < count && place < data.length) {
    const size = length()
    tokens.push(data.subarray(place, place + size).toString('utf8'))
    place += size
  }
  return tokens
}
