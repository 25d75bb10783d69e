import { copyFile, mkdir, open } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize } from 'node:path'
import { createGzip } from 'node:zlib'
import type { Limits, RecordFile } from '../core/index.ts'
import { encodingOf, fileSource, sha256Of, utf8Of } from '../sources/index.ts'
import type { CleanedPart, Quarantined } from './clean-log.ts'
import { bytesAsPlain, withoutCuts } from './cut.ts'
import { cleanPictures } from './pictures/clean.ts'
import { cleanNamed } from './pictures/clean-named.ts'
import { bytesOf, openPart } from './reader.ts'
import type { PartSpec } from './spec.ts'

export interface CleaningPart {
  readonly part: PartSpec
  /** Findings that accuse a record; none when it is kept. */
  readonly accused: ReadonlyMap<number, readonly string[]>
  readonly out: string
  readonly limits: Limits
  readonly quarantine: (record: Quarantined) => Promise<void>
}

/** Where a part is written: never outside the folder, whatever its name says. */
export function placeOf(name: string): string {
  const path = normalize(name)
  return isAbsolute(path) || path.startsWith('..') ? basename(path) : path
}

/** Writes one file without its accused records, and the pictures that the kept ones name. */
export async function cleanPart(cleaning: CleaningPart): Promise<CleanedPart> {
  const { part, accused, out, quarantine } = cleaning
  if (part.pictures) return cleanPictures({ part, accused, out, quarantine }, part.pictures)
  const named = part.roles.image === undefined ? null : await cleanNamed(cleaning, placeOf(part.name))
  return { ...(await cleanFile(cleaning)), ...(named ? { named } : {}) }
}

async function cleanFile({ part, accused, out, limits, quarantine }: CleaningPart): Promise<CleanedPart> {
  const file = placeOf(part.name)
  const path = join(out, file)
  await mkdir(dirname(path), { recursive: true })
  // What was expanded from the file that was named has a digest of its own.
  const known = part.path === part.home ? part.sha256 : null
  const sha256 = known ?? (await sha256Of(await fileSource(part.path)))
  const entry = { name: part.name, file, sha256, dropped: accused.size, mark: 0 }
  if (accused.size === 0) {
    await copyFile(part.path, path)
    return { ...entry, keptSha256: sha256, how: 'copied' }
  }
  const opened = await openPart(part, limits)
  const drop = (record: number) => accused.has(record)
  if (opened.cuts) {
    const done = await cut({ part, accused, out, limits, quarantine }, opened.cuts(drop), path)
    return { ...entry, ...done, how: 'cut', keptSha256: await sha256Of(await fileSource(path)) }
  }
  await quarantineCells(part, opened, accused, quarantine)
  const original = await keepOriginal(part, out, file)
  const converted = opened.without ? path : `${path}.jsonl`
  if (opened.without) await opened.without(drop, path)
  else await convert(opened, drop, converted)
  const how = opened.without ? 'rewritten' : 'converted'
  const keptSha256 = await sha256Of(await fileSource(converted))
  return { ...entry, file: opened.without ? file : `${file}.jsonl`, original, how, keptSha256 }
}

async function keepOriginal(part: PartSpec, out: string, file: string): Promise<string> {
  const original = join('originals', file)
  await mkdir(dirname(join(out, original)), { recursive: true })
  await copyFile(part.path, join(out, original))
  return original
}

async function cut(
  { part, accused, out, limits, quarantine }: CleaningPart,
  cuts: ReturnType<NonNullable<RecordFile['cuts']>>,
  path: string,
): Promise<{ mark: number; original?: string }> {
  const source = await bytesOf(part, limits)
  const head = await source.read(0, 4096)
  const encoding = encodingOf(head)
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const plain = part.codec === null && encoding === 'utf-8'
  const writer = await writerOf(path, part.codec === 'gzip', encoding)
  try {
    if (mark > 0) await writer.write(head.subarray(0, mark))
    await withoutCuts(
      utf8Of(source),
      cuts,
      async ({ record, start }, bytes) =>
        quarantine({
          part: part.name,
          record,
          findings: [...accused.get(record)!],
          offset: start,
          ...bytesAsPlain(bytes),
        }),
      writer.write,
    )
  } finally {
    await writer.close()
  }
  return plain ? { mark } : { mark, original: await keepOriginal(part, out, placeOf(part.name)) }
}

/** Writes text back as it was stored: compressed by gzip, or in UTF-16. Zstandard is written expanded. */
async function writerOf(path: string, gzip: boolean, encoding: ReturnType<typeof encodingOf>) {
  const file = await open(path, 'w')
  const zip = gzip ? createGzip() : undefined
  const zipped =
    zip &&
    (async () => {
      for await (const chunk of zip) await file.write(chunk as Buffer)
    })()
  const decoder = new TextDecoder()
  const put = async (bytes: Uint8Array) => {
    if (!zip) await file.write(bytes)
    else if (!zip.write(bytes)) await new Promise<void>(resolve => zip.once('drain', resolve))
  }
  const wide = (text: string) => {
    const bytes = Buffer.from(text, 'utf16le')
    return encoding === 'utf-16be' ? bytes.swap16() : bytes
  }
  if (encoding !== 'utf-8') await put(wide('\ufeff'))
  return {
    write: (bytes: Uint8Array) => put(encoding === 'utf-8' ? bytes : wide(decoder.decode(bytes, { stream: true }))),
    async close() {
      zip?.end()
      await zipped
      await file.close()
    },
  }
}

async function quarantineCells(
  { name }: PartSpec,
  opened: RecordFile,
  accused: CleaningPart['accused'],
  quarantine: CleaningPart['quarantine'],
): Promise<void> {
  for await (const { records, columns } of opened.records({}))
    for (const [k, record] of records.entries()) {
      const findings = accused.get(record)
      if (!findings) continue
      const cells = Object.fromEntries([...columns].map(([column, all]) => [column, plainCell(all[k])]))
      await quarantine({ part: name, record, findings: [...findings], cells })
    }
}

const plainCell = (cell: unknown): unknown =>
  cell instanceof Uint8Array ? { base64: Buffer.from(cell).toString('base64') } : (cell ?? null)

/** The kept rows as JSON Lines, for formats that nothing here can write. */
async function convert(opened: RecordFile, drop: (record: number) => boolean, path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    for await (const { records, columns } of opened.records({})) {
      const lines = [...records].flatMap((record, k) =>
        drop(record)
          ? []
          : [`${JSON.stringify(Object.fromEntries([...columns].map(([c, all]) => [c, plainCell(all[k])])))}\n`],
      )
      await file.write(lines.join(''))
    }
  } finally {
    await file.close()
  }
}
