import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Row, tableOfRows } from '../core/index.ts'
import type { Beside } from '../scan/index.ts'

/** A file that the scan has read. */
export interface KnownFile {
  readonly path: string
  readonly sha256: string
  /** True when it holds rows: what they say is data, not a reference. */
  readonly rows: boolean
}

/** What to look for beside an artifact. */
export interface BesideRequest {
  /** As named on the command line. */
  readonly paths: readonly string[]
  /** A lock to compare with; true for the one that knows the paths; false for none; undefined for one if there is. */
  readonly lock: string | boolean | undefined
  readonly known: readonly KnownFile[]
  readonly signal?: AbortSignal
}

/** What locks are called; told here too so that the ledger is only loaded where it has something to do. */
const lockName = 'bezoar.lock'
const signatureName = /\.(?:sig|sigstore|sigstore\.json|bundle|bundle\.json)$/i

/**
 * What is known of an artifact besides its content, as tables for the scan: its files against their lock, what signatures
 * say of them, and what they name outside of it.
 */
export async function besideOf(request: BesideRequest): Promise<Beside[]> {
  const paths = request.paths.flatMap(placeOf)
  if (request.lock === undefined && paths.every(path => isPlain(path, request.known)))
    return paths.length === 0 ? [] : [unsigned(paths)]
  const { provenanceOf } = await import('./provenance.ts')
  return provenanceOf({ ...request, paths })
}

/** The file or folder that an argument names; a table in a file is its file; patterns and `-` name no place. */
function placeOf(path: string): string[] {
  if (existsSync(path)) return [path]
  const file = path.slice(0, Math.max(0, path.lastIndexOf('#')))
  return file !== '' && existsSync(file) ? [file] : []
}

/** One file of rows with neither a lock above nor a signature near it. */
function isPlain(path: string, known: readonly KnownFile[]): boolean {
  const place = resolve(path)
  if (!statSync(place).isFile() || !known.some(file => file.path === place && file.rows)) return false
  for (let folder = dirname(place), last = ''; folder !== last; last = folder, folder = dirname(folder))
    if (existsSync(join(folder, lockName))) return false
  return !readdirSync(dirname(place)).some(name => signatureName.test(name))
}

function unsigned(paths: readonly string[]): Beside {
  const rows = paths.map((path): Row => ({ item: basename(path), seal: 'unsigned', signer: '' }))
  return { table: tableOfRows('signatures', rows), only: ['unsigned'] }
}
