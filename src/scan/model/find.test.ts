import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Fault } from '../../core/index.ts'
import { findModel } from './find.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'bezoar-find-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const at = (name: string): string => join(root, name)
function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), name)
  }
}

describe('a folder', () => {
  write('model/config.json', 'model/sub/weights.bin', 'model/.git/objects/ab', 'outside/secret.bin')
  symlinkSync('../outside/secret.bin', at('model/away.bin'))
  symlinkSync('../model', at('model/loop'))
  symlinkSync('config.json', at('model/twin.json'))
  symlinkSync('nowhere', at('model/gone'))
  symlinkSync('self', at('model/self'))
  execFileSync('mkfifo', [at('model/pipe')])

  it('gives its files, and follows links inside of it alone', async () => {
    const { files, folder } = await findModel([at('model')])
    expect(files.map(f => f.name)).toEqual(['config.json', 'sub/weights.bin', 'twin.json'])
    expect(folder).toBe(true)
  })

  it('says of each other thing why it was left out', async () => {
    const { leftOut, remarks } = await findModel([at('model')])
    const reasons = Object.fromEntries(leftOut.map(({ name, reason }) => [name, reason]))
    expect(reasons).toEqual({
      'away.bin': `it is a link out of the folder, to ${at('outside/secret.bin')}; name that path itself`,
      loop: 'it is a link back to the folder itself: a loop',
      gone: 'it is a link that leads nowhere, or in a circle',
      self: 'it is a link that leads nowhere, or in a circle',
      pipe: 'it is a pipe, and was not opened',
    })
    expect(remarks).toEqual(['.git was left out: it holds the history of the repository, which no loader reads.'])
  })

  it('follows the links of a download cache to the files beside it', async () => {
    write('models--a--b/blobs/0123')
    mkdirSync(at('models--a--b/snapshots/main'), { recursive: true })
    symlinkSync('../../blobs/0123', at('models--a--b/snapshots/main/model.safetensors'))
    const { files, leftOut } = await findModel([at('models--a--b/snapshots/main')])
    expect(files).toEqual([{ name: 'model.safetensors', path: at('models--a--b/blobs/0123') }])
    expect(leftOut).toEqual([])
  })
})

describe('paths at fault', () => {
  it.each([
    ['absent.bin', 'no such file or folder'],
    ['model/pipe', 'it is a pipe, and was not opened'],
    ['model/self', 'cannot be read (ELOOP)'],
  ])('%s is a fault that names it when nothing else is there', async (name, reason) => {
    await expect(findModel([at(name)])).rejects.toThrow(Fault)
    await expect(findModel([at(name)])).rejects.toThrow(`${at(name)}: ${reason}`)
  })

  it('does not open a device', async () => {
    await expect(findModel(['/dev/zero'])).rejects.toThrow('/dev/zero: it is a device, and was not opened.')
  })

  it('leaves the others of the run to be judged, and says so', async () => {
    const { files, leftOut } = await findModel([at('absent.bin'), at('outside/secret.bin')])
    expect(files.map(f => f.path)).toEqual([at('outside/secret.bin')])
    expect(leftOut).toEqual([{ name: at('absent.bin'), reason: 'no such file or folder' }])
  })

  it('has nothing to do in an empty folder', async () => {
    mkdirSync(at('empty'))
    await expect(findModel([at('empty')])).rejects.toThrow('no file here')
  })
})
