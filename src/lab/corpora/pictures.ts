import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import type { Raster, Row } from '../../core/index.ts'
import { thread } from '../../sources/index.ts'

const mostMilliseconds = 120_000

/** Decodes pictures while the caller waits: corpora are read at once, and the decoder works in its own time. */
function decodedAll(paths: readonly string[]): Raster[] {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const { port1, port2 } = new MessageChannel()
  const workerData = { paths, signal, port: port2 }
  const worker = thread('picture-worker', import.meta.url, { workerData, transferList: [port2] })
  Atomics.wait(signal, 0, 0, mostMilliseconds)
  const message = receiveMessageOnPort(port1)?.message as readonly (Raster | string)[] | undefined
  port1.close()
  void worker.terminate()
  if (!message) throw new Error('the pictures of a corpus were not decoded in time')
  return message.map((raster, i) => {
    if (typeof raster === 'string') throw new Error(`${paths[i]}: ${raster}`)
    return raster
  })
}

/** Folders of pictures: the folder is the label. */
export function classFolders(folder: string): Row[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
    .flatMap(label =>
      readdirSync(join(folder, label))
        .sort()
        .map(name => ({ label, name: `${label}/${name}` })),
    )
  const rasters = decodedAll(files.map(({ name }) => join(folder, name)))
  return files.map(({ label, name }, i) => ({ id: name, label, image: rasters[i]! }))
}

/** Traffic signs with an index of class names and tracks; a track is one physical sign seen several times. */
export function trackedSigns(folder: string): Row[] {
  const [head, ...lines] = readFileSync(join(folder, 'index.csv'), 'utf8').trim().split(/\r?\n/)
  const names = head!.split(',')
  const records = lines.map(line => line.split(','))
  const cell = (record: readonly string[], name: string) => record[names.indexOf(name)]!
  const rasters = decodedAll(records.map(record => join(folder, cell(record, 'file'))))
  return records.map((record, i) => ({
    id: cell(record, 'file'),
    label: cell(record, 'class_name'),
    image: rasters[i]!,
  }))
}
