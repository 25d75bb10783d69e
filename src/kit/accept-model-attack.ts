import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnyModelAttack, type ModelBytes, type PoisonedModel, seeded } from '../core/index.ts'
import { ownFolder } from './accept.ts'

/** What the author of a model attack promises. */
export interface ModelAttackDeclaration {
  /** Honest files that it can poison; none when it makes the file itself. */
  readonly host: ModelBytes
  /** For each option a value that changes the poisoned bytes. */
  readonly matters: Readonly<Record<string, unknown>>
  /** Options that must be set for another option to speak, by that option. */
  readonly given?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/**
 * The law for model attacks: the host is left as it was, the poisoned files differ from it, the same seed gives the same
 * bytes, no option is idle, hostile hosts do no harm, and there is a page that names its source.
 */
export function acceptModelAttack(attack: AnyModelAttack, { host, matters, given = {} }: ModelAttackDeclaration): void {
  const corrupt = (options: unknown, files = host, seed = 1): PoisonedModel | null =>
    attack.corrupt(attack.options.parse(options), files, seeded(seed))
  describe(attack.id, () => {
    it('poisons a copy and says what a finding must name', () => {
      const before = printed(host)
      const poisoned = corrupt({})
      expect(poisoned).not.toBeNull()
      expect(printed(host)).toEqual(before)
      expect(printed(poisoned!.files)).not.toEqual(before)
      expect(Object.keys(poisoned!.files)).toContain(poisoned!.file)
      expect(poisoned!.names.filter(name => name !== '').length).toBeGreaterThan(0)
    })
    it('gives the same bytes for a seed', () => {
      expect(printed(corrupt({})!.files)).toEqual(printed(corrupt({})!.files))
    })
    it('lists every option, and none is idle', () => {
      expect(Object.keys(matters).sort()).toEqual(Object.keys(attack.options.shape).sort())
      const idle = Object.entries(matters).filter(([option, value]) => {
        const usual = corrupt(given[option] ?? {})
        const other = corrupt({ ...given[option], [option]: value })
        return JSON.stringify(printed(usual?.files)) === JSON.stringify(printed(other?.files))
      })
      expect(idle).toEqual([])
    })
    it('does no harm to files it cannot use', () => {
      const hosts: ModelBytes[] = [{}, { empty: new Uint8Array(0) }, { noise: new Uint8Array(200).fill(0x2e) }]
      for (const files of hosts) expect(() => corrupt({}, files)).not.toThrow()
    })
    it('has a page that names its source', () => {
      const path = join(ownFolder(), 'page.md')
      expect(existsSync(path), path).toBe(true)
      expect(readFileSync(path, 'utf8')).toMatch(/^#+ Source/m)
      expect(attack.source.length).toBeGreaterThan(10)
    })
  })
}

const printed = (files: ModelBytes = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]))
