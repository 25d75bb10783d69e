import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../sources/index.ts'
import { lineFile } from './line-file.ts'

it.each(['list.jsonl', 'list.jsonl.gz'])('goes on where an earlier run of %s stopped, whatever it cut', async name => {
  const path = join(temporaryFolder().path, name)
  const first = await lineFile(path)
  expect(first).toMatchObject({ lines: 0, last: null })
  await first.write('{"a":"é"}\n')
  await first.write('{"b":2}\n')
  await first.pause()
  appendFileSync(`${path}.part`, '{"c":')
  const second = await lineFile(path)
  expect(second).toMatchObject({ lines: 2, last: '{"b":2}' })
  await second.write('{"c":3}\n')
  await second.finish()
  const bytes = readFileSync(path)
  expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()).toBe('{"a":"é"}\n{"b":2}\n{"c":3}\n')
  expect(existsSync(`${path}.part`)).toBe(false)
})

it('says that the folder is not there', async () => {
  await expect(lineFile('/nowhere/at/all.jsonl')).rejects.toMatchObject({ code: 'unreadable' })
})

it('leaves nothing when nothing was written', async () => {
  const path = join(temporaryFolder().path, 'list.jsonl')
  await (await lineFile(path)).pause()
  expect(existsSync(`${path}.part`)).toBe(false)
})
