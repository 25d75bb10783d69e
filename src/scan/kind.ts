import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { defaultLimits, type Source } from '../core/index.ts'
import { formats } from '../formats/index.ts'
import { Broken, codecEnding, codecOf, expanded, fileSource, memorySource, unsevenZipEach } from '../sources/index.ts'
import { globbed } from './find.ts'
import { isPictureName } from './pictures/names.ts'

/** What a path holds. */
export type ArtifactKind = 'dataset' | 'model'

/** Formats of tables look at this many bytes. */
const headBytes = 256 << 10
/** Formats of models look at this many bytes at each end. */
const modelHeadBytes = 64 << 10
const tableTailBytes = 64
/** The surest score of a format. */
const signature = 3

/** Files that model libraries read by these names: a name may raise what the content says, never lower it. */
const libraryNames =
  /^((.*_)?config|tokenizer|modules|model_index|special_tokens_map|chat_template|.*\.index)\.json$|^MLmodel$|\.(jinja2?|py)$/i
const modelEndings =
  /\.(pkl|pickle|joblib|dill|cloudpickle|pt|pth|pt2|ckpt|bin|mar|nemo|npy|npz|skops|keras|h5|hdf5|onnx|pb|pbtxt|tflite|mlmodel|mlpackage|pte|gguf|ggml|safetensors|msgpack|rds|rdata|pmml|engine|plan|pdmodel|pdiparams|cbm|ubj)(\.(gz|bz2|xz|lzma|lz4|zst|z))?$/i

/** Where a table and a model are equally likely, a table's usual name decides: nobody loads a model from it. */
const tableEndings = new Set(formats.flatMap(format => format.extensions))

/** How sure one file is a model, and how sure it is a table. */
interface Signs {
  readonly model: number
  readonly table: number
  /** A model format knows it, though data may come so too. */
  readonly perhaps: boolean
  readonly name: string
}

/** Tells datasets from models by content: one file that is surer a model than a table makes a model of all. */
export async function kindOf(paths: readonly string[]): Promise<ArtifactKind> {
  const lone = paths.length === 1
  for (const path of paths) {
    const known = await stat(path).catch(() => null)
    if (known?.isDirectory() && (await holdsModel(path))) return 'model'
    const files = known ? [path] : /[*?[{]/.test(path) ? await globbed(path) : []
    if (known && !known.isFile()) continue
    for (const file of files) {
      const signs = await signsOf(file)
      if (signs && (isModel(signs) || (lone && isModelAlone(signs)))) return 'model'
    }
  }
  return 'dataset'
}

const isNamedTable = (name: string): boolean => tableEndings.has(extname(name).toLowerCase())

const isModel = ({ model, table, name }: Signs): boolean =>
  (model >= 2 && model > table - (isNamedTable(name) ? 0 : 1)) || (table < 2 && modelEndings.test(name))

/** What would be no reason to take a folder of data for a model, when it stands alone. */
const isModelAlone = ({ perhaps, table, name }: Signs): boolean => (table === 0 && perhaps) || libraryNames.test(name)

async function holdsModel(folder: string): Promise<boolean> {
  const all = await filesBelow(folder)
  // Nobody loads a model from a picture, and a folder may hold a million.
  const files = all.filter(path => !isPictureName(path))
  const pictures = all.length - files.length
  let tables = 0
  let perhaps = 0
  let named = 0
  for (const file of files) {
    const signs = await signsOf(file)
    if (!signs) continue
    if (isModel(signs)) return true
    if (libraryNames.test(signs.name)) named++
    else if (signs.table > 0) tables++
    else if (signs.perhaps) perhaps++
  }
  return tables === 0 && perhaps + named > 0 && perhaps + named >= pictures
}

/** Files of a folder, those first whose ending is a usual one of models. */
async function filesBelow(folder: string): Promise<string[]> {
  const { modelFormats } = await import('../models/index.ts')
  const endings = new Set(modelFormats.filter(f => !f.common).flatMap(f => f.extensions))
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter(e => e.isFile() || e.isSymbolicLink()).map(e => join(e.parentPath, e.name))
  const usual = (path: string) => (endings.has(extname(path).toLowerCase()) ? 0 : 1)
  return paths.filter(path => !path.includes('/.git/')).sort((a, b) => usual(a) - usual(b) || (a < b ? -1 : 1))
}

/** Null for what is no file or cannot be read: opening it will say so. */
async function signsOf(path: string): Promise<Signs | null> {
  const known = await stat(path).catch(() => null)
  if (!known?.isFile() || known.size === 0) return null
  const stored = await fileSource(path).catch(() => null)
  if (!stored) return null
  const name = basename(path)
  const codec = codecOf(await stored.read(0, 8))
  const inner = codec ? expanded(stored, codec, defaultLimits.expandedBytes) : null
  const outside = await scores(stored, name)
  if (!inner) return outside
  const bare = name.replace(codecEnding, '')
  const inside = codec === '7z' ? await archiveSigns(stored) : await scores(inner, bare, false).catch(() => null)
  // Nobody loads anything from an archive without files.
  if (inside === 'empty') return { ...outside, model: 0, perhaps: false }
  // Tables come compressed; what else does is judged as it stands.
  return inside && inside.table > 0 ? inside : outside
}

/** The file of an archive that is surest a model, else surest a table; what cannot be unpacked goes by its name. */
async function archiveSigns(stored: Source): Promise<Signs | 'empty' | null> {
  const all: Signs[] = []
  try {
    for await (const { file, bytes } of unsevenZipEach(stored, defaultLimits.expandedBytes)) {
      const name = file.name.replace(codecEnding, '')
      const head = await headOf(bytes)
      const named = { model: 0, table: isNamedTable(name) ? 1 : 0, perhaps: false, name }
      all.push(head ? await scores(memorySource(name, head), name, false) : named)
    }
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    return null
  }
  if (all.length === 0) return 'empty'
  return all.find(isModel) ?? all.find(signs => signs.table > 0) ?? null
}

async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let left = headBytes
  try {
    for await (const part of bytes) {
      parts.push(part.slice(0, left))
      left -= part.length
      if (left <= 0) break
    }
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    if (parts.length === 0) return null
  }
  return Buffer.concat(parts)
}

async function scores(source: Source, name: string, toTheEnd = true): Promise<Signs> {
  const head = await source.read(0, headBytes)
  const { size } = source
  const start = head.subarray(0, modelHeadBytes)
  const tail = toTheEnd ? await source.read(Math.max(0, size - modelHeadBytes), size) : new Uint8Array(0)
  const table = Math.max(0, ...formats.map(format => format.sniff(head, tail.subarray(-tableTailBytes), name)))
  let [model, perhaps] = [0, 0]
  // Nothing outdoes the signature of a table under the name of a table: no need to load what knows models.
  if (table === signature && isNamedTable(name)) return { model, table, perhaps: false, name }
  const { modelFormats } = await import('../models/index.ts')
  for (const format of modelFormats) {
    const score = format.sniff(start, tail, name, size)
    if (format.common) perhaps = Math.max(perhaps, score)
    else model = Math.max(model, score)
  }
  return { model, table, perhaps: model > 0 || perhaps > 0, name }
}
