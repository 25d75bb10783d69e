import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../../core/lean.ts'
import { byCodePoints } from '../names.ts'
import { artifactCheck, partCheck } from './id.ts'
import {
  type Lock,
  type LockedArtifact,
  type LockedPart,
  lock,
  lockedArtifact,
  lockedColumn,
  lockedDecision,
  lockedEvent,
  lockedLeftOut,
  lockedOrigin,
  lockedPart,
  lockedShard,
  lockedTable,
} from './schema.ts'

/** JSON text of a lock: equal locks are equal bytes, and one thing that changed is one line that changed. */
export function renderLock(value: Lock): string {
  const fields: Record<string, string> = {
    artifacts: list(value.artifacts.map(renderArtifact), '  '),
    history: list(value.history.map(row(lockedEvent)), '  '),
  }
  return `${object(Object.keys(lock.shape), value, fields, '')}\n`
}

function renderArtifact(artifact: LockedArtifact): string {
  const { decision, table, baseline, runnable, leftOut } = artifact
  const fields: Record<string, string> = {
    parts: list(artifact.parts.map(partLine), '      '),
    ignored: inlineList(artifact.ignored),
    runnable: list((runnable ?? []).map(row(lockedPart)), '      '),
    leftOut: list((leftOut ?? []).map(row(lockedLeftOut)), '      '),
    check: inline(artifactCheck(artifact)),
  }
  if (artifact.origin) fields.origin = object(Object.keys(lockedOrigin.shape), artifact.origin, {}, '      ')
  if (table) fields.table = renderTable(table)
  if (decision) fields.decision = renderDecision(decision)
  if (baseline) fields.baseline = object(Object.keys(sorted(baseline)), sorted(baseline), {}, '      ')
  return object(Object.keys(lockedArtifact.shape), { ...artifact, check: '' }, fields, '    ')
}

/** The line of a part, without its indent; a lock may have a hundred thousand. */
export function partLine(part: LockedPart): string {
  const { name, size, sha256, blake3, link } = part
  const leads = link === undefined ? '' : `, "link": ${inline(link)}`
  const digests = `"sha256": "${sha256}", "blake3": "${blake3}"`
  return `{ "name": ${inline(name)}, "size": ${size}, ${digests}${leads}, "check": "${partCheck(part)}" }`
}

/** An entry on its line, its fields in the order of the shape. */
const row =
  ({ shape }: { readonly shape: object }) =>
  (entry: object): string => {
    const given = new Map<string, unknown>(Object.entries(entry))
    return inline(Object.fromEntries(Object.keys(shape).map(key => [key, given.get(key)])))
  }

function renderTable(table: NonNullable<LockedArtifact['table']>): string {
  const fields = {
    columns: list(table.columns.map(row(lockedColumn)), '        '),
    shards: list(table.shards.map(row(lockedShard)), '        '),
  }
  return object(Object.keys(lockedTable.shape), table, fields, '      ')
}

function renderDecision(decision: NonNullable<LockedArtifact['decision']>): string {
  const fields = {
    reasons: list(decision.reasons.map(inline), '        '),
    detectors: inline(sorted(decision.detectors)),
  }
  return object(Object.keys(lockedDecision.shape), decision, fields, '      ')
}

function object(keys: readonly string[], value: object, ready: Readonly<Record<string, string>>, indent: string) {
  const given = new Map<string, unknown>(Object.entries(value))
  const lines = keys
    .filter(key => given.get(key) !== undefined)
    .map(key => `${indent}  ${inline(key)}: ${ready[key] ?? inline(given.get(key))}`)
  return `{\n${lines.join(',\n')}\n${indent}}`
}

const list = (items: readonly string[], indent: string): string =>
  items.length === 0 ? '[]' : `[\n${items.map(item => `${indent}  ${item}`).join(',\n')}\n${indent}]`

const inlineList = (items: readonly unknown[]): string => `[${items.map(inline).join(', ')}]`

/** A value on one line, in ASCII where a terminal might obey or hide the character. */
function inline(value: unknown): string {
  if (value === null || typeof value !== 'object') return seen(JSON.stringify(value) ?? 'null')
  if (Array.isArray(value)) return inlineList(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  return `{ ${entries.map(([key, item]) => `${inline(key)}: ${inline(item)}`).join(', ')} }`
}

const seen = (json: string): string =>
  /^[\x20-\x7e]*$/.test(json)
    ? json
    : json.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, c =>
        Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
      )

/** A record with its keys, and those of the objects in it, in order. */
function sorted(value: object): object {
  const entries = Object.entries(value).sort(([a], [b]) => byCodePoints(a, b))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedDeep(item)]))
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep)
  return value !== null && typeof value === 'object' ? sorted(value) : value
}

/**
 * Puts a lock in the place of the file, whole or not at all.
 * @param before text that was read from there; the file must still hold it. Null when there was none.
 */
export function writeLock(path: string, value: Lock, before: string | null): void {
  const place = real(path)
  const temporary = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`)
  try {
    const fd = openSync(temporary, 'wx', 0o644)
    try {
      writeFileSync(fd, renderLock(value))
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    if (current(place) !== before)
      throw new Fault('would-overwrite', `${path} was changed by somebody else meanwhile.`, 'Run the command again.')
    renameSync(temporary, place)
  } catch (reason) {
    if (!(reason instanceof Error && 'code' in reason && reason.code === 'EEXIST')) rmSync(temporary, { force: true })
    if (reason instanceof Fault) throw reason
    const why = reason instanceof Error ? reason.message : String(reason)
    throw new Fault('unreadable', `${path} cannot be written: ${why}.`, 'Check the folder and its permissions.')
  }
}

/** The file that a link stands for, so that the link stays. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
