import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnyModelAttack, type ModelBytes, seeded } from '../core/index.ts'
import { lockTrial } from '../lab/index.ts'
import { lockPath, verifyArtifact } from '../ledger/index.ts'
import { acceptModelAttack, type ModelAttackDeclaration } from './accept-model-attack.ts'

/**
 * The law for attacks on the files of any artifact: that for model attacks, and a lock of the honest files names what was
 * changed, by `digest-mismatch` in memory and by `verify` on the disk, and says nothing of the honest ones.
 */
export function acceptTreeAttack(attack: AnyModelAttack, declared: ModelAttackDeclaration): void {
  acceptModelAttack(attack, declared)
  const { host, matters, given = {} } = declared
  const trials = [{}, ...Object.entries(matters).map(([option, value]) => ({ ...given[option], [option]: value }))]
  describe(`${attack.id} against a lock`, () => {
    it.each(trials.flatMap(options => [1, 2, 3].map(seed => [options, seed] as const)))(
      'is named with %j, seed %i',
      async (options, seed) => {
        const poisoned = attack.corrupt(attack.options.parse(options), host, seeded(seed))!
        const { findings } = await lockTrial(host, poisoned.files)
        expect(findings[0]?.severity).toBe('block')
        expect(poisoned.names.some(name => JSON.stringify(findings).includes(name))).toBe(true)
        const differences = await verifiedOnDisk(host, poisoned.files)
        expect(differences.some(text => poisoned.names.some(name => text.includes(name)))).toBe(true)
      },
    )
    it('is not seen where nothing was done', async () => {
      expect((await lockTrial(host, { ...host })).findings).toEqual([])
      expect(await verifiedOnDisk(host, host)).toEqual([])
    })
  })
}

/** Locks a folder of files, puts others in their place, and verifies it. */
async function verifiedOnDisk(locked: ModelBytes, now: ModelBytes): Promise<string[]> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'bezoar-attack-')))
  try {
    const place = { lockPath: join(base, 'bezoar.lock') }
    write(join(base, 'tree'), locked)
    const { artifact } = await lockPath(join(base, 'tree'), { ...place, kind: 'dataset' })
    rmSync(join(base, 'tree'), { recursive: true })
    write(join(base, 'tree'), now)
    const { differences } = await verifyArtifact(artifact, place)
    return differences.map(({ part, other, text }) => [part, other, text].join(' '))
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

function write(folder: string, files: ModelBytes): void {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
}
