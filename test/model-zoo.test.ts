import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { openModel, scanModel } from '../src/scan/index.ts'
import { atLeast, findingsOf, judged, says, told, zoos } from './model-zoo/zoos.ts'

const all = await zoos()

describe.each(all.map(zoo => [zoo.area, zoo] as const))('zoo of %s', (_, { samples }) => {
  it('has samples with names of their own', () => {
    expect(samples.length).toBeGreaterThan(0)
    expect(new Set(samples.map(s => s.name)).size).toBe(samples.length)
  })

  it.each(samples.map(sample => [`${sample.class}: ${sample.name}`, sample] as const))('%s', async (_title, sample) => {
    const result = await judged(sample.files)
    const said = told(result)
    expect(
      result.report.outcomes.filter(o => o.status === 'failed'),
      said,
    ).toEqual([])
    if (sample.verdict === 'pass') expect(result.decision.verdict, said).toBe('pass')
    else expect(atLeast(result.decision.verdict, sample.verdict), said).toBe(true)
    if (sample.verdict === 'pass' || sample.names === undefined) return
    expect(
      findingsOf(result.report).some(finding => says(finding, sample.names!)),
      `nothing names ${sample.names}\n${said}`,
    ).toBe(true)
  })
})

const noise = Uint8Array.from({ length: 300 }, (_, i) => (i * 89 + 13) % 256)
const added: readonly Uint8Array[] = [Uint8Array.of(0), noise, new TextEncoder().encode('\n# harmless\n')]
/** Every fifth: the whole zoo takes minutes. */
const grown = all
  .flatMap(({ samples }) => samples)
  .filter(({ verdict, files }) => verdict !== 'pass' && Object.keys(files).length === 1)
  .filter((_, i) => i % 5 === 0)

describe('added bytes', () => {
  it('behind a file never make its verdict milder', { timeout: 120_000 }, async () => {
    for (const { name, files } of grown) {
      const [[file, bytes]] = Object.entries(files) as [[string, Uint8Array]]
      const { verdict } = (await judged(files)).decision
      for (const more of added) {
        const result = await judged({ [file]: Uint8Array.from([...bytes, ...more]) })
        expect(atLeast(result.decision.verdict, verdict), `${name}: ${verdict}, then ${told(result)}`).toBe(true)
      }
    }
  })

  it('in front of a file, where loaders give up, never make it pass', { timeout: 120_000 }, async () => {
    for (const { name, files } of grown) {
      const [[file, bytes]] = Object.entries(files) as [[string, Uint8Array]]
      const result = await judged({ [file]: Uint8Array.from([...noise, ...bytes]) })
      expect(result.decision.verdict, name).not.toBe('pass')
    }
  })
})

const shared = fileURLToPath(new URL('../../shared/data/models/', import.meta.url))
const here = existsSync(shared)

describe('published models that are what they say', () => {
  it.skipIf(here)('are not beside this checkout: ../shared/data/models is absent', () => {})

  it.skipIf(!here).each(here ? readdirSync(shared).filter(name => name !== 'gguf-damaged') : [])(
    'passes %s',
    async name => {
      const model = await openModel([join(shared, name)])
      const report = await scanModel(model, {})
      model.close()
      const decision = decide(report, defaultPolicy, new Date(0))
      expect(decision.verdict, told({ report, decision })).toBe('pass')
    },
    60_000,
  )

  it.skipIf(!here)('holds the damaged GGUF files as malformed, and blocks none', async () => {
    const model = await openModel([join(shared, 'gguf-damaged')])
    const report = await scanModel(model, {})
    model.close()
    const decision = decide(report, defaultPolicy, new Date(0))
    expect(decision.verdict, told({ report, decision })).toBe('hold')
    expect(report.files!.every(file => file.severity === 'hold')).toBe(true)
  })
})
