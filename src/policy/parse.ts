import type { Document, LineCounter } from 'yaml'
import type { z } from 'zod'
import { Fault, nearest } from '../core/index.ts'
import { type Policy, policy } from './policy.ts'

/** No policy that people write is longer; a longer one is the wrong file. */
const mostCharacters = 1 << 20

/**
 * Reads a policy from YAML text (JSON is YAML).
 * @param name how messages call the file.
 * @param detectors ids that exist; names of others are then an error with a suggestion.
 * @throws Fault `bad-policy` with file, line and key.
 */
export async function parsePolicy(text: string, name: string, detectors?: readonly string[]): Promise<Policy> {
  if (text.length > mostCharacters) throw bad(name, null, '', 'The file is longer than 1 MiB.', 'Is it a policy?')
  // Most scans have no policy file, and a YAML reader takes longer to load than a small table to read.
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const broken = document.errors[0]
  if (broken) throw bad(name, lines.linePos(broken.pos[0]).line, '', sentence(broken.message), 'It must be valid YAML.')
  const value = plainOf(document, name)
  const parsed = policy.safeParse(value ?? {})
  const at = (path: readonly PropertyKey[], key?: string) => lineOf(yaml, document, lines, path, key)
  if (!parsed.success) throw wrong(name, gravest(parsed.error.issues), at)
  if (detectors) checkNames(parsed.data, detectors, name, at)
  return parsed.data
}

type LineOf = (path: readonly PropertyKey[], key?: string) => number | null

/** The plain value; too many aliases (a file made to explode) are refused by the reader. */
function plainOf(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    throw bad(name, null, '', 'The file repeats itself too often by aliases.', 'Write the values out.')
  }
}

/** A key that does not exist explains what is missing elsewhere, so it is named first. */
const gravest = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue =>
  issues.find(issue => issue.code === 'unrecognized_keys') ?? issues[0]!

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  boolean: 'true or false',
  null: 'nothing',
}

/** What is wrong with a value, in words of YAML instead of types. */
function wrongText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    return allowed.length < 2 ? issue.message + '.' : `must be ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`
  }
  const types = /expected (\w+), received (\w+)/.exec(issue.message)
  if (!types) return /^(must|is) /.test(issue.message) ? `${issue.message}.` : sentence(issue.message)
  const [expected, received] = [types[1]!, types[2]!].map(type => kinds[type] ?? type)
  return types[2] === 'undefined' ? 'is missing.' : `must be ${expected}, not ${received}.`
}

function wrong(name: string, issue: z.core.$ZodIssue, lineOf: LineOf): Fault {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!
    const known = issue.path.length === 0 ? Object.keys(policy.shape) : ['finding', 'artifact', 'reason', 'expires']
    const near = nearest(key, known)
    const remedy = near ? `Did you mean "${near}"?` : `Known here: ${known.join(', ')}.`
    return bad(name, lineOf(issue.path, key), pathText([...issue.path, key]), 'is not a key of a policy.', remedy)
  }
  const remedy = 'Run `bezoar init` in an empty folder for a policy with every key explained.'
  return bad(name, lineOf(issue.path), pathText(issue.path), wrongText(issue), remedy)
}

function checkNames(read: Policy, detectors: readonly string[], name: string, lineOf: LineOf): void {
  const named: { id: string; path: PropertyKey[]; key?: string }[] = [
    ...read.required.map((id, i) => ({ id, path: ['required', i] })),
    ...Object.keys(read.detectors).map(id => ({ id, path: ['detectors'], key: id })),
    ...Object.keys(read.severities).map(key => ({ id: key.split('/')[0]!, path: ['severities'], key })),
  ]
  const unknown = named.find(({ id }) => !detectors.includes(id))
  if (!unknown) return
  const { id, path, key } = unknown
  const near = nearest(id, detectors)
  const remedy = near ? `Did you mean "${near}"?` : `There are: ${detectors.join(', ')}.`
  const where = pathText(key === undefined ? path : [...path, key])
  throw bad(name, lineOf(path, key), where, `There is no detector "${id}".`, remedy)
}

const sentence = (message: string): string => message.replace(/\.?$/, '.')

function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : (i > 0 ? '.' : '') + String(key))).join('')
}

function bad(name: string, line: number | null, key: string, message: string, remedy: string): Fault {
  const place = line === null ? name : `${name}:${line}`
  return new Fault(
    'bad-policy',
    `${place}: ${key === '' ? '' : `${key}${/^(must|is) /.test(message) ? ' ' : ': '}`}${message}`,
    remedy,
  )
}

/** One-based line of a value, or of the key `key` in it; of the nearest parent that is there when it is not. */
function lineOf(
  { isMap, isNode, isScalar }: typeof import('yaml'),
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
  key?: string,
): number | null {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
    if (!isNode(node) || !node.range) continue
    const pair = isMap(node) ? node.items.find(p => isScalar(p.key) && p.key.value === key) : undefined
    const start = pair && isScalar(pair.key) && pair.key.range ? pair.key.range[0] : node.range[0]
    return lines.linePos(start).line
  }
  return null
}
