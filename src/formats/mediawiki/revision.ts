import type { Cell } from '../../core/index.ts'

/** Columns of a table of revisions. */
export const columns = [
  'page',
  'pageid',
  'namespace',
  'redirect',
  'revision',
  'parent',
  'time',
  'actor',
  'actorid',
  'comment',
  'minor',
  'model',
  'sha1',
  'bytes',
  'text',
  'deleted',
] as const

type Name = (typeof columns)[number]

/** What was read of a page or of a revision so far. */
export type Draft = Partial<Record<Name, string>>

/** Where the text of an element goes, by the names of its parent and itself. */
export const places: Readonly<Record<string, Name>> = {
  'page/title': 'page',
  'page/id': 'pageid',
  'page/ns': 'namespace',
  'revision/id': 'revision',
  'revision/parentid': 'parent',
  'revision/timestamp': 'time',
  'revision/comment': 'comment',
  'revision/model': 'model',
  'revision/sha1': 'sha1',
  'revision/text': 'text',
  'contributor/username': 'actor',
  'contributor/ip': 'actor',
  'contributor/id': 'actorid',
}

const numbers: readonly Name[] = ['pageid', 'namespace', 'revision', 'parent', 'actorid', 'bytes']

/** The row of a revision; what a dump leaves out is null. */
export function rowOf(page: Draft, revision: Draft): Record<string, Cell> {
  const row: Record<string, Cell> = { ...page, ...revision, minor: revision.minor !== undefined }
  for (const name of numbers) {
    const text = row[name]
    if (typeof text === 'string' && /^-?\d{1,15}$/.test(text)) row[name] = Number(text)
  }
  return row
}
