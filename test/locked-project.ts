import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { changedLock, lockPath, writeLock } from '../src/ledger/index.ts'
import { artifactDigest } from './bills.ts'
import { reportOf } from './statements.ts'

const root = mkdtempSync(join(tmpdir(), 'bezoar-attest-'))
const original = join(root, 'original')
let nth = 0
let folder = original
/** A path in the project of this test. */
export const at = (name: string) => join(folder, name)
/** The text of a file in it. */
export const text = (name: string) => readFileSync(at(name), 'utf8')
/** Writes a file in it. */
export const write = (name: string, content: string) => writeFileSync(at(name), content)

/** A fresh copy of a locked project for each test: a dataset, a model, a report, keys. */
export function lockedProject(): void {
  beforeAll(async () => {
    mkdirSync(join(original, 'reviews', 'sub'), { recursive: true })
    mkdirSync(join(original, 'model'))
    writeFileSync(join(original, 'reviews', 'a.csv'), 'text,label\ngood,1\n')
    writeFileSync(join(original, 'reviews', 'sub', 'b é.csv'), 'text,label\nbad,0\n')
    writeFileSync(join(original, 'model', 'model.bin'), 'weights')
    const lock = join(original, 'bezoar.lock')
    const put = []
    for (const [name, kind] of [
      ['reviews', 'dataset'],
      ['model', 'model'],
    ] as const)
      put.push((await lockPath(join(original, name), { lockPath: lock, kind })).artifact)
    const made = changedLock(null, { put, at: '2026-11-21T12:00:00.000Z' })
    writeLock(lock, made, null)
    const parts = made.artifacts.find(a => a.name === 'reviews')!.parts.map(({ name, sha256 }) => ({ name, sha256 }))
    const report = await reportOf(parts)
    expect(report.artifact.digest).toBe(artifactDigest(parts))
    writeFileSync(join(original, 'report.json'), JSON.stringify(report))
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(join(original, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    writeFileSync(join(original, 'pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
    writeFileSync(join(original, 'other.pem'), other.export({ type: 'spki', format: 'pem' }))
  })
  beforeEach(() => {
    folder = join(root, String(nth++))
    cpSync(original, folder, { recursive: true })
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))
}

/** Its lock. */
export const lock = () => at('bezoar.lock')
