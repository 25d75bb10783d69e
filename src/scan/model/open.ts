import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Fault, type Model, type ModelFile, type ModelLimits, modelLimits } from '../../core/index.ts'
import { modelFormats } from '../../models/index.ts'
import { faultOf, fileBytes, fileSource, sha256Of } from '../../sources/index.ts'
import { examine } from './examine.ts'

/** A model whose files are open; close it when its tensors are no longer read. */
export interface OpenedModel extends Model {
  close(): void
}

/** How to open a model. */
export interface OpenModelOptions {
  readonly limits?: Partial<ModelLimits>
  readonly name?: string
  readonly signal?: AbortSignal
  readonly onFile?: (name: string) => void
}

/** Examines files and folders as one model. Throws a Fault when there is nothing to judge. */
export async function openModel(paths: readonly string[], options: OpenModelOptions = {}): Promise<OpenedModel> {
  const limits = { ...modelLimits, ...options.limits }
  const found = (await Promise.all(paths.map(filesAt))).flat()
  if (found.length === 0)
    throw new Fault('nothing-to-do', `${paths.join(', ')}: no file here.`, 'Name a model file or a folder with one.')
  const files: ModelFile[] = []
  const closers: (() => void)[] = []
  const leftOut: { name: string; reason: string }[] = []
  for (const { name, path } of found) {
    if (options.signal?.aborted) {
      leftOut.push({ name, reason: 'the scan was stopped before it' })
      continue
    }
    options.onFile?.(name)
    const bytes = fileBytes(path)
    const { root, close } = await examine(name, bytes, modelFormats, limits)
    closers.push(close, bytes.close)
    files.push({ name, sizeBytes: bytes.size, sha256: await sha256Of(await fileSource(path)), root })
  }
  return {
    kind: 'model',
    name: options.name ?? (paths.length === 1 ? basename(paths[0]!) : `${paths.length} paths`),
    files,
    notes: [],
    leftOut,
    close: () => closers.forEach(close => void close()),
  }
}

async function filesAt(path: string): Promise<{ name: string; path: string }[]> {
  const known = await stat(path).catch(reason => Promise.reject(faultOf(reason, path)))
  if (!known.isDirectory()) return [{ name: basename(path), path }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(full => ({ name: full.slice(path.length).replace(/^\//, ''), path: full }))
}
