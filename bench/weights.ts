/**
 * What the detectors of weights catch by dose, and how often they hold honest weights. Poisons embeddings, scales layers
 * and edits facts in generated models; then judges honest ones, the lineage among the published models, and any files
 * named. Usage: npx tsx bench/weights.ts [--seeds N] [--honest N] [file.safetensors ...]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { embeddingPoison } from '../src/attacks/index.ts'
import { type AnyModelDetector, type Model, type Outcome, seeded } from '../src/core/index.ts'
import { embeddingOutlier, layerOutlier, weightDiff } from '../src/detectors/index.ts'
import { judgeModel } from '../src/scan/index.ts'
import { addRank } from '../test/model-zoo/weights/edits.ts'
import { embedding, layers, normals, tensorFile, type Written } from '../test/model-zoo/weights/numbers.ts'
import { modelOf } from '../test/model-zoo/zoos.ts'

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '5' }, honest: { type: 'string', default: '60' } },
  allowPositionals: true,
})
const seeds = Array.from({ length: Number(values.seeds) }, (_, k) => k + 1)
const honest = Number(values.honest)
/** Share of honest models that one detector may hold. */
const mostHeld = 0.05
let failed = 0

async function outcomeOf(detector: AnyModelDetector, model: Model, more: { base?: Model } = {}): Promise<Outcome> {
  return (await judgeModel({ model, ...more, detectors: [detector], seed: 1 })).outcomes[0]!
}

const held = (outcome: Outcome): boolean => outcome.findings.some(f => f.severity !== 'info')
const percent = (part: number, all: number): string => `${Math.round((100 * part) / all)} %`.padStart(6)

/** Prints one row: how many of the trials were held. */
async function row(title: string, columns: readonly (() => Promise<readonly boolean[]>)[]): Promise<void> {
  const cells: string[] = []
  for (const column of columns) {
    const caught = await column()
    cells.push(percent(caught.filter(Boolean).length, caught.length))
  }
  console.log(`  ${title.padEnd(34)}${cells.join('')}`)
}

/** Prints how many honest models were held, and minds the budget. */
async function quiet(title: string, outcomes: AsyncIterable<Outcome>): Promise<void> {
  let [count, loud] = [0, 0]
  for await (const outcome of outcomes) {
    count++
    if (outcome.status === 'failed') throw new Error(`${outcome.detector}: ${outcome.reason}`)
    if (!held(outcome)) continue
    loud++
    console.log(`    held: ${outcome.findings[0]!.text.slice(0, 200)}`)
  }
  const isOver = loud > Math.max(mostHeld * count, 0)
  if (isOver) failed++
  console.log(`  ${isOver ? 'LOUD' : 'ok  '} ${title}: ${loud} of ${count} held`)
}

const overSeeds = async (trial: (seed: number) => Promise<boolean>): Promise<boolean[]> => {
  const caught: boolean[] = []
  for (const seed of seeds) caught.push(await trial(seed))
  return caught
}

const size = { rows: 6000, columns: 48 }
const embeddingOf = (seed: number, spread: number, dtype: Written['dtype'] = 'F16'): Uint8Array =>
  tensorFile([
    {
      name: 'embed_tokens.weight',
      shape: [size.rows, size.columns],
      dtype: dtype ?? 'F16',
      values: embedding({ ...size, seed, spread, untrained: 100, padding: 24 }),
    },
  ])

async function poisonedIsHeld(
  seed: number,
  options: Readonly<Record<string, unknown>>,
  bytes = embeddingOf(seed, 0.05),
): Promise<boolean> {
  const host = { 'model.safetensors': bytes }
  const poisoned = embeddingPoison.corrupt(embeddingPoison.options.parse(options), host, seeded(seed))!
  const outcome = await outcomeOf(embeddingOutlier, await modelOf(poisoned.files))
  return outcome.findings.some(f => f.severity !== 'info' && poisoned.names.some(name => f.text.includes(name)))
}

async function embeddings(): Promise<void> {
  const lengths = [1, 1.5, 2, 3, 5]
  console.log(`embedding-outlier, ${size.rows} x ${size.columns} in F16: poisoned rows held and named`)
  console.log(`  length of the new vector          ${lengths.map(n => `${n}x`.padStart(6)).join('')}`)
  for (const way of ['replace', 'scale', 'share'] as const)
    for (const rows of way === 'share' ? [2, 5] : [1, 3, 10])
      await row(
        `${way}, ${rows} rows`,
        lengths.map(length => () => overSeeds(seed => poisonedIsHeld(seed, { way, rows, size: length }))),
      )
  await quiet('generated embeddings, lengths of many spreads', honestEmbeddings())
}

async function* honestEmbeddings(): AsyncIterable<Outcome> {
  for (let k = 0; k < honest; k++) {
    const bytes = embeddingOf(1000 + k, 0.02 + (0.7 * k) / honest, (['F32', 'F16', 'BF16'] as const)[k % 3])
    yield await outcomeOf(embeddingOutlier, await modelOf({ 'model.safetensors': bytes }))
  }
}

/** The same of a file that somebody trained. */
async function namedFile(path: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(path))
  if (!embeddingPoison.corrupt(embeddingPoison.options.parse({}), { m: bytes }, seeded(1))) return
  const lengths = [1, 1.25, 1.5, 2, 3]
  console.log(`embedding-outlier on ${basename(path)}: poisoned rows held and named`)
  console.log(`  length of the new vector          ${lengths.map(n => `${n}x`.padStart(6)).join('')}`)
  for (const [way, rows] of [
    ['replace', 1],
    ['replace', 5],
    ['share', 2],
  ] as const)
    await row(
      `${way}, ${rows} rows`,
      lengths.map(length => () => overSeeds(seed => poisonedIsHeld(seed, { way, rows, size: length }, bytes))),
    )
}

const change = (tensors: Written[], name: string, edit: (values: Float64Array) => void): Uint8Array => {
  edit(tensors.find(tensor => tensor.name === name)!.values)
  return tensorFile(tensors)
}

async function louder(): Promise<void> {
  const times = [1.5, 2, 3, 5, 10]
  console.log('layer-outlier, 12 layers of 64 x 64 in F32: the changed layer held')
  console.log(`  times louder                      ${times.map(n => `${n}x`.padStart(6)).join('')}`)
  for (const [where, layer] of [
    ['in the middle', 6],
    ['the last', 11],
  ] as const)
    await row(
      where,
      times.map(
        factor => () =>
          overSeeds(async seed => {
            const name = `model.layers.${layer}.mlp.down_proj.weight`
            const bytes = change(layers(12, 64, seed * 100), name, v => v.forEach((x, k) => void (v[k] = x * factor)))
            return held(await outcomeOf(layerOutlier, await modelOf({ 'model.safetensors': bytes })))
          }),
      ),
    )
  await quiet('generated layers', honestLayers())
}

async function* honestLayers(): AsyncIterable<Outcome> {
  for (let k = 0; k < honest; k++)
    yield await outcomeOf(
      layerOutlier,
      await modelOf({ 'model.safetensors': tensorFile(layers(6 + (k % 20), 64, 5000 + 100 * k)) }),
    )
}

const asType = (tensors: Written[], dtype: NonNullable<Written['dtype']>) =>
  tensors.map(tensor => ({ ...tensor, dtype }))

async function edits(): Promise<void> {
  const sizes = [0.001, 0.01, 0.1]
  console.log('weight-diff, 12 layers of 96 x 96: one edited matrix held, by the size of the edit')
  console.log(`  size of the difference by size    ${sizes.map(n => `${n * 100} %`.padStart(6)).join('')}`)
  for (const dtype of ['F32', 'F16', 'BF16'] as const)
    for (const [rank, layer] of [
      [1, 11],
      [4, 11],
      [16, 11],
      [16, 6],
    ] as const)
      await row(
        `${dtype}, rank ${rank}, ${layer === 11 ? 'the last layer' : 'one in the middle'}`,
        sizes.map(
          share => () =>
            overSeeds(async seed => {
              const base = await modelOf({ m: tensorFile(asType(layers(12, 96, seed * 100), dtype)) })
              const tensors = layers(12, 96, seed * 100)
              const { values } = tensors[2 * layer + 1]!
              addRank(values, 96, rank, (share * Math.hypot(...values)) / 96 / Math.sqrt(rank), seed)
              return held(
                await outcomeOf(weightDiff, await modelOf({ m: tensorFile(asType(tensors, dtype)) }), { base }),
              )
            }),
        ),
      )
  await quiet('models that were trained on', trainedOn())
}

async function* trainedOn(): AsyncIterable<Outcome> {
  for (let k = 0; k < honest; k++) {
    const base = await modelOf({ m: tensorFile(layers(8, 64, 100 * k)) })
    const tensors = layers(8, 64, 100 * k)
    const first = k % 4 === 0 ? tensors.length - 2 : 0
    for (const [nth, { values }] of tensors.slice(first).entries()) {
      const step = normals(values.length, 9000 + 100 * k + nth, 10 ** (-2 - (k % 4)))
      if (k % 4 === 3) addRank(values, 64, 2, 0.001, 7 * k + nth)
      else values.forEach((x, at) => void (values[at] = x + step[at]!))
    }
    yield await outcomeOf(weightDiff, await modelOf({ m: tensorFile(tensors) }), { base })
  }
}

const shared = fileURLToPath(new URL('../../shared/data/models/', import.meta.url))

async function published(): Promise<void> {
  if (!existsSync(shared)) return console.log('published models: skipped, ../shared/data/models is absent')
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.parentPath.endsWith('gguf-damaged'))
    .map(entry => join(entry.parentPath, entry.name))
  for (const detector of [embeddingOutlier, layerOutlier])
    await quiet(`${detector.id} on published models`, each(detector, files))
  const lineage = files.filter(file => /fer2013.*\.hdf5$/.test(file)).sort()
  await quiet('weight-diff between all versions of a published model', versions(lineage))
}

const opened = (path: string): Promise<Model> => modelOf({ [basename(path)]: readFileSync(path) })

async function* each(detector: AnyModelDetector, paths: readonly string[]): AsyncIterable<Outcome> {
  for (const path of paths) yield await outcomeOf(detector, await opened(path))
}

async function* versions(paths: readonly string[]): AsyncIterable<Outcome> {
  for (const path of paths) {
    const base = await opened(path)
    for (const other of paths) if (other !== path) yield await outcomeOf(weightDiff, await opened(other), { base })
  }
}

await embeddings()
await louder()
await edits()
await published()
for (const path of positionals.filter(name => name.endsWith('.safetensors'))) await namedFile(path)
for (const detector of positionals.length > 0 ? [embeddingOutlier, layerOutlier] : [])
  await quiet(`${detector.id} on the named files`, each(detector, positionals))
console.log(failed === 0 ? 'weights: all bars hold' : `weights: ${failed} bars do not hold`)
process.exitCode = failed === 0 ? 0 : 1
