import { copyFile, mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../core/index.ts'
import { fileSource, sha256Of } from '../sources/index.ts'
import { type CleanedPart, cleanLog, logName, type Quarantined, quarantined } from './clean-log.ts'
import { placeOf } from './clean-part.ts'
import { emptyFolder } from './folder.ts'
import { restorePictures } from './pictures/clean.ts'
import { restoreNamed } from './pictures/clean-named.ts'

export interface UndoRequest {
  /** Folder that `clean` wrote. */
  readonly cleaned: string
  /** Folder to restore into; must be empty or absent. */
  readonly out: string
  readonly force?: boolean
}

/** Restores the files that `clean` was given, byte for byte; each is checked by SHA-256. Returns their paths. */
export async function undoClean({ cleaned, out, force }: UndoRequest): Promise<string[]> {
  const log = await logIn(cleaned)
  await emptyFolder(out, force === true)
  const restored: string[] = []
  for (const part of log.parts) {
    const path = join(out, placeOf(part.name))
    await mkdir(dirname(path), { recursive: true })
    if (part.how === 'pictures') {
      checked(part, await restorePictures(cleaned, part, join(out, placeOf(part.file))), cleaned)
      restored.push(join(out, placeOf(part.file)))
      continue
    }
    if (part.original || part.how === 'copied') await copyFile(join(cleaned, part.original ?? part.file), path)
    else await merge(cleaned, log.quarantine, part, path)
    checked(part, await sha256Of(await fileSource(path)), cleaned)
    if (part.named)
      checked({ ...part, sha256: part.named.sha256 }, await restoreNamed(cleaned, part.named, out), cleaned)
    restored.push(path)
  }
  return restored
}

function checked(part: CleanedPart, sha256: string, cleaned: string): void {
  if (sha256 === part.sha256) return
  throw new Fault(
    'bad-report',
    `${part.name} could not be restored: the kept rows or the quarantine file have changed.`,
    `Compare the files in ${cleaned} with ${logName}.`,
  )
}

async function logIn(folder: string) {
  const path = join(folder, logName)
  const bytes = await readFile(path, 'utf8').catch(() => {
    throw new Fault('no-such-path', `${path}: no such file.`, 'Name the folder that clean wrote.')
  })
  try {
    return cleanLog.parse(JSON.parse(bytes))
  } catch {
    throw new Fault('bad-report', `${path} is not a log of clean.`, 'Name the folder that clean wrote.')
  }
}

/** Puts the quarantined bytes back between the kept ones. */
async function merge(cleaned: string, quarantine: string, part: CleanedPart, path: string): Promise<void> {
  const kept = await fileSource(join(cleaned, part.file))
  const file = await open(path, 'w')
  let from = 0
  let written = 0
  const copyTo = async (end: number) => {
    while (from < end) {
      const bytes = await kept.read(from, Math.min(end, from + (4 << 20)))
      if (bytes.length === 0) return
      await file.write(bytes)
      from += bytes.length
      written += bytes.length
    }
  }
  try {
    await copyTo(part.mark)
    for await (const { offset, bytes } of recordsIn(join(cleaned, quarantine), part.name)) {
      await copyTo(from + part.mark + offset - written)
      await file.write(bytes)
      written += bytes.length
    }
    await copyTo(kept.size)
  } finally {
    await file.close()
  }
}

async function* recordsIn(path: string, part: string): AsyncGenerator<{ offset: number; bytes: Buffer }> {
  const file = await open(path, 'r')
  try {
    for await (const line of file.readLines({ encoding: 'utf8' })) {
      const record: Quarantined = quarantined.parse(JSON.parse(line))
      if (record.part !== part || record.offset === undefined) continue
      const bytes = record.base64 === undefined ? Buffer.from(record.text ?? '') : Buffer.from(record.base64, 'base64')
      yield { offset: record.offset, bytes }
    }
  } finally {
    await file.close()
  }
}
