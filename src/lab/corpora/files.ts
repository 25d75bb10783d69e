import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Cell, Row } from '../../core/index.ts'
import { shaped, shapeOf } from '../../scan/index.ts'

/** A file of the package's own samples. */
export const sample = (name: string): string => fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url))

/** A file of the data shared beside the checkout; it need not exist. */
export const shared = (name: string): string =>
  fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url))

/** True when the file or folder can be read. */
export const isThere = (path: string): boolean => existsSync(path)

const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')

/** Tab-separated rows under a header line; `text` and `label` tell the columns by place. */
export const tabbed = (path: string, columns: { readonly text: number; readonly label: number }): Row[] =>
  linesOf(path)
    .slice(1)
    .map(line => {
      const cells = line.split('\t')
      return { text: (cells[columns.text] ?? '').trim(), label: (cells[columns.label] ?? '').trim() }
    })

/** Lines of one address each. */
export const addresses = (path: string): Row[] => linesOf(path).map(line => ({ url: line.trim() }))

/** Lines of a label, a space and a text. */
export const labelled = (path: string): Row[] =>
  linesOf(path).map(line => ({ label: line.slice(0, line.indexOf(' ')), text: line.slice(line.indexOf(' ') + 1) }))

/** Comma-separated rows with quotes (RFC 4180) under a header line. */
export function comma(path: string, columns: { readonly text: number; readonly label: number }): Row[] {
  const records: string[][] = [[]]
  let cell = ''
  let quoted = false
  const data = readFileSync(path, 'utf8')
  for (let i = 0; i < data.length; i++) {
    const c = data[i]!
    if (quoted && c === '"' && data[i + 1] === '"') cell += data[++i]!
    else if (c === '"') quoted = !quoted
    else if (c === ',' && !quoted) {
      records.at(-1)!.push(cell)
      cell = ''
    } else if (c === '\n' && !quoted) {
      records.at(-1)!.push(cell.replace(/\r$/, ''))
      records.push([])
      cell = ''
    } else cell += c
  }
  if (cell !== '') records.at(-1)!.push(cell)
  const full = records.slice(1).filter(r => r.length > Math.max(columns.text, columns.label))
  return full.map(r => ({ text: r[columns.text]!, label: r[columns.label]! }))
}

/** Conversations in JSON or JSON Lines, also compressed, with roles as a scan gives them; labels stay. */
export function talks(path: string): Row[] {
  const bytes = readFileSync(path)
  const data = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const records: Readonly<Record<string, Cell>>[] = data.trimStart().startsWith('[')
    ? JSON.parse(data)
    : data
        .split('\n')
        .filter(line => line.trim() !== '')
        .map(line => JSON.parse(line))
  const names = Object.keys(records[0] ?? {})
  const shape = shapeOf(names.map(name => ({ name, cells: records.slice(0, 100).map(record => record[name] ?? null) })))
  if (!shape) throw new Error(`${path}: no conversations`)
  return records.map(record => {
    const { row } = shaped(shape, column => record[column])
    const kept = Object.entries(row).filter(([, cell]) => cell !== null)
    return { ...Object.fromEntries(kept), ...('label' in record ? { label: record.label! } : {}) }
  })
}
