import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBLAKE3 } from 'hash-wasm'
import { afterAll, describe, expect, it } from 'vitest'
import { loadBlake3 } from './blake.ts'
import { digestFiles } from './digest.ts'
import { RangeHasher, unitOf } from './digest-range.ts'
import { treeOf } from './walk.ts'

const base = mkdtempSync(join(tmpdir(), 'bezoar-digest-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const sizes = [0, 1, 4096, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 3_000_001, 9 << 20]
const bytesOf = (size: number) => Buffer.alloc(size, Buffer.from(`bytes of ${size} `))
for (const size of sizes) writeFileSync(join(base, `f${String(size).padStart(8, '0')}`), bytesOf(size))
const { files } = await treeOf(base)

const nodeHash = (name: string, bytes: Buffer) => createHash(name).update(bytes).digest('hex')
async function expected(bytes: Buffer) {
  const blake3 = (await createBLAKE3()).update(bytes).digest('hex')
  return { sha256: nodeHash('sha256', bytes), blake3, blake2b: nodeHash('blake2b512', bytes) }
}
const algorithms = ['sha256', 'blake3', 'blake2b'] as const

describe('digestFiles', () => {
  it.each([0, 1, 3])('gives the digests that others give, with %d threads', async workers => {
    const seen: number[] = []
    const digested = await digestFiles(files, { algorithms, workers, onProgress: ({ bytes }) => seen.push(bytes) })
    expect(digested.map(({ name }) => name)).toEqual(files.map(({ name }) => name))
    for (const [i, size] of sizes.entries()) expect(digested[i]!.digests).toEqual(await expected(bytesOf(size)))
    expect(seen.at(-1)).toBe(sizes.reduce((sum, size) => sum + size))
  })

  it('digests ranges on their own, the empty file as one', async () => {
    const shards = await digestFiles(files, { algorithms: ['sha256'], shardBytes: 1 << 20 })
    const big = shards.filter(({ sizeBytes }) => sizeBytes === 3_000_001)
    expect(big.map(({ start, end }) => [start, end])).toEqual([
      [0, 1048576],
      [1048576, 2097152],
      [2097152, 3000001],
    ])
    for (const { start, end, digests } of big)
      expect(digests.sha256).toBe(nodeHash('sha256', bytesOf(3_000_001).subarray(start, end)))
    expect(shards.filter(({ sizeBytes }) => sizeBytes === 0)).toMatchObject([{ start: 0, end: 0 }])
  })

  it('refuses a file that is not as it was listed: longer, shorter, another, gone, a link', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bezoar-race-'))
    const path = join(folder, 'f')
    for (const size of [100, 3_000_000]) {
      const listed = async (change: () => void) => {
        rmSync(path, { force: true })
        writeFileSync(path, bytesOf(size))
        const tree = await treeOf(folder)
        change()
        return digestFiles(tree.files, { algorithms: ['sha256'] })
      }
      await expect(listed(() => {})).resolves.toHaveLength(1)
      await expect(listed(() => appendFileSync(path, 'x'))).rejects.toThrow(/changed while it was read/)
      await expect(listed(() => writeFileSync(path, 'short'))).rejects.toThrow(/changed while it was read/)
      await expect(listed(() => rmSync(path))).rejects.toMatchObject({ code: 'no-such-path' })
      const link = () => {
        rmSync(path)
        symlinkSync('/etc/passwd', path)
      }
      await expect(listed(link)).rejects.toMatchObject({ code: 'unreadable' })
    }
    rmSync(folder, { recursive: true })
  })

  it('refuses other bytes of the same size that came while many calls read', async () => {
    const path = join(base, 'f03000001')
    const file = files.find(each => each.path === path)!
    const hasher = await RangeHasher.for(['sha256'])
    writeFileSync(path, bytesOf(3_000_001))
    expect(hasher.hash(unitOf(file, 0, file.sizeBytes))).toMatchObject({ code: 'unreadable' })
  })

  it('tells of files it cannot read and goes on, when asked', async () => {
    const gone = { ...files[0]!, name: 'gone', path: join(base, 'gone') }
    const told: string[] = []
    const [first, ...rest] = await digestFiles([gone, files[1]!], {
      algorithms: ['sha256'],
      onUnreadable: ({ name }, { code }) => told.push(`${name} ${code}`),
    })
    expect([first!.name, rest.length, told]).toEqual([files[1]!.name, 0, ['gone no-such-path']])
  })

  it('stops when told', async () => {
    const options = { algorithms, workers: 2 } as const
    await expect(digestFiles(files, { ...options, signal: AbortSignal.abort() })).rejects.toThrow()
    await expect(digestFiles(files, { ...options, signal: AbortSignal.timeout(1) })).rejects.toThrow()
  })
})

it('hashes the same with and without native code', async () => {
  const bytes = bytesOf(1_000_000)
  const [native, wasm] = await Promise.all([loadBlake3(), loadBlake3(false)])
  expect(wasm.native).toBe(false)
  for (const { whole, start } of [native, wasm]) {
    const hasher = start()
    for (let from = 0; from < bytes.length; from += 77_777) hasher.update(bytes.subarray(from, from + 77_777))
    expect([whole(bytes), hasher.hex()]).toEqual(Array(2).fill((await expected(bytes)).blake3))
  }
})
