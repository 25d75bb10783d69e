import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type CopyTrouble, PlaceMap, type StoredAt, temporaryFolder } from '../../sources/index.ts'
import type { Observation } from './observe.ts'

/** What was seen of one address, whichever rows ask for it. */
export interface Sighting {
  readonly url: string
  readonly fetchedAt: string | null
  readonly finalUrl?: string
  readonly warc?: StoredAt
  readonly stated?: Readonly<Record<string, string>>
  readonly observation?: Observation
  readonly trouble?: { readonly kind: CopyTrouble; readonly message: string }
}

const stepBytes = 16 << 10
const flushBytes = 1 << 20

export const urlHash = (url: string): string => createHash('sha256').update(url).digest('hex')

/**
 * Sightings on the disk, found again by address: a source that is read front to back meets addresses in its own order.
 * Memory holds some 24 bytes for each.
 */
export class Shelf {
  private readonly folder = temporaryFolder()
  private readonly places = new PlaceMap()
  private file: FileHandle | undefined
  private pending: Buffer[] = []
  private pendingBytes = 0
  private size = 0

  /** Keeps a sighting, in place of an older one of the same address. */
  async put(sighting: Sighting): Promise<void> {
    const before = await this.get(sighting.url)
    if (before && (before.fetchedAt ?? '') > (sighting.fetchedAt ?? '')) return
    const line = Buffer.from(`${JSON.stringify(sighting)}\n`)
    this.places.set(urlHash(sighting.url), this.size + this.pendingBytes)
    this.pending.push(line)
    this.pendingBytes += line.length
    if (this.pendingBytes >= flushBytes) await this.flush()
  }

  async get(url: string): Promise<Sighting | null> {
    const place = this.places.get(urlHash(url))
    if (place === undefined) return null
    if (place >= this.size) await this.flush()
    const found = JSON.parse(await this.lineAt(place)) as Sighting
    // Only part of the hash is kept: another address may lie there.
    return found.url === url ? found : null
  }

  async close(): Promise<void> {
    await this.file?.close()
    this.folder.remove()
  }

  private async flush(): Promise<void> {
    this.file ??= await open(join(this.folder.path, 'sightings'), 'wx+', 0o600)
    const bytes = Buffer.concat(this.pending)
    await this.file.write(bytes, 0, bytes.length, this.size)
    this.size += bytes.length
    this.pending = []
    this.pendingBytes = 0
  }

  private async lineAt(place: number): Promise<string> {
    for (let step = stepBytes; ; step *= 4) {
      const bytes = Buffer.allocUnsafe(Math.min(step, this.size - place))
      await this.file!.read(bytes, 0, bytes.length, place)
      const end = bytes.indexOf(10)
      if (end >= 0) return bytes.toString('utf8', 0, end)
    }
  }
}
