import { lstatSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Looker } from './looker.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-looker-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const name of ['a', 'b']) writeFileSync(join(folder, name), name.repeat(name === 'a' ? 10 : 2000))
const truth = new Map(['a', 'b'].map(name => [name, lstatSync(join(folder, name), { bigint: true })]))

it.each([
  ['none', 0],
  ['a few, on the caller', 7],
  ['many, with a helper', 17_501],
])('looks at %s, in order, each as it is', async (_, count) => {
  const looker = new Looker()
  const place = (i: number) => ['a', 'b', 'gone'][i % 3]!
  for (let i = 0; i < count; i++) {
    looker.add(`${i}/${place(i)}`, join(folder, place(i)))
    // The helper gets its turns while the caller still lists.
    if (i % 2000 === 0) await new Promise(resolve => setTimeout(resolve, 30))
  }
  const { files, unseen } = await looker.all()
  const all = Array.from({ length: count }, (_, i) => `${i}/${place(i)}`)
  expect(files.map(({ name }) => name)).toEqual(all.filter(name => !name.endsWith('gone')))
  expect(unseen.map(({ name }) => name)).toEqual(all.filter(name => name.endsWith('gone')))
  const wrong = files.filter(({ path, sizeBytes, mtimeNs, ctimeNs, inode, device }) => {
    const { size, ino, dev, ...known } = truth.get(path.at(-1)!)!
    const isTrue = BigInt(sizeBytes) === size && mtimeNs === known.mtimeNs && ctimeNs === known.ctimeNs
    return !isTrue || inode !== ino || device !== dev
  })
  expect(wrong).toEqual([])
})
