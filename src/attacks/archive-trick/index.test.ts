import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { torchZip } from '../../../test/model-zoo/containers/torch-file.ts'
import { zipOf } from '../../../test/model-zoo/containers/zip-file.ts'
import { compareSeverity, type Finding, type ModelBytes, seeded } from '../../core/index.ts'
import fileStructure from '../../detectors/file-structure/index.ts'
import pickleProgram from '../../detectors/pickle-program/index.ts'
import unreadBytes from '../../detectors/unread-bytes/index.ts'
import { acceptModelAttack, modelOf, outcomeOf } from '../../kit/index.ts'
import { archiveOf, crcOf, joined, written } from './archive.ts'
import archiveTrick from './index.ts'
import { type Trick, trickNames } from './tricks.ts'

const plain = zipOf([
  { name: 'readme.txt', data: 'words' },
  { name: 'model.pkl', data: Uint8Array.of(0x80, 2, 0x4e, 0x2e), deflate: true },
])
const hosts: Readonly<Record<string, ModelBytes>> = {
  checkpoint: { 'model.pt': torchZip() },
  plain: { 'model.zip': plain },
}
const host = hosts.checkpoint!
const corrupt = (trick: Trick, files: ModelBytes) =>
  archiveTrick.corrupt(archiveTrick.options.parse({ trick }), files, seeded(1))

acceptModelAttack(archiveTrick, {
  host,
  matters: { trick: 'comment', call: 'subprocess.call', argument: 'false' },
})

async function findingsIn(files: ModelBytes): Promise<Finding[]> {
  const model = await modelOf(files)
  const found: Finding[] = []
  for (const detector of [fileStructure, pickleProgram, unreadBytes])
    found.push(...(await outcomeOf(detector, model)).findings)
  return found.sort((a, b) => compareSeverity(b.severity, a.severity))
}

/** What says that readers disagree, beside the call itself. */
const deception: Readonly<Record<Trick, string>> = {
  'last-duplicate': 'zip-duplicate-member',
  'first-duplicate': 'zip-duplicate-member',
  'name-mismatch': 'zip-name-mismatch',
  'encrypted-flag': 'zip-false-flags',
  'wrong-crc': 'zip-bad-crc',
  'hidden-member': 'zip-hidden-member',
  prefix: 'zip-prefix',
  tail: 'zip-tail',
  comment: 'os.system',
  'false-end': 'zip-several-directories',
  'path-traversal': 'outside of the folder',
}

describe('the detectors of files', () => {
  it.each(Object.entries(hosts))('leave the %s host alone', async (_name, files) => {
    expect(await findingsIn(files)).toEqual([])
  })

  it.each(trickNames.flatMap(trick => Object.keys(hosts).map(name => [trick, name] as const)))(
    'block %s in the %s host, and say how it was hidden',
    async (trick, name) => {
      const poisoned = corrupt(trick, hosts[name]!)!
      const findings = await findingsIn(poisoned.files)
      const said = JSON.stringify(findings)
      expect(findings[0]?.severity).toBe('block')
      expect(poisoned.names.every(each => said.includes(each))).toBe(true)
      expect(said).toContain(deception[trick])
    },
  )
})

describe('the archive', () => {
  it('is the same when it is taken apart and written again', () => {
    expect(written(archiveOf(plain)!)).toEqual(plain)
  })

  it('is found behind other bytes in front of its first member', () => {
    const archive = archiveOf(plain)!
    const behind = written({ ...archive, front: joined(new Uint8Array(9), archive.front) })
    const found = archiveOf(behind)!
    expect(found.front).toEqual(new Uint8Array(9))
    expect(written({ ...found, front: new Uint8Array(0) })).toEqual(plain)
  })

  it('has the checksum of everybody else', () => {
    expect(crcOf(plain)).toBe(crc32(plain))
  })

  it('is refused or read when it is cut or a byte is another', () => {
    const random = seeded(7)
    for (let size = 0; size < plain.length; size++) expect(archiveOf(plain.slice(0, size))).toBeNull()
    for (let nth = 0; nth < 2000; nth++) {
      const other = plain.slice()
      other[Math.floor(random() * other.length)] = Math.floor(random() * 256)
      expect(() => corrupt('false-end', { other })).not.toThrow()
    }
  })

  it('is refused when it is no archive', () => {
    expect(corrupt('tail', { 'model.pkl': Uint8Array.of(0x80, 2, 0x4e, 0x2e) })).toBeNull()
    expect(corrupt('tail', { 'empty.zip': zipOf([]) })).toBeNull()
  })
})
