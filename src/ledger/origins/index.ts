import { resolve } from 'node:path'
import { gitOrigin } from './git/index.ts'
import { huggingFaceOrigin } from './hugging-face.ts'
import type { Origin, OriginPart } from './origin.ts'

export type { Origin, OriginPart } from './origin.ts'

/**
 * Where the files of an artifact came from, by what lies beside them: the cache of the Hugging Face hub, notes of its
 * downloads, or a Git checkout. Each file is compared with the content id that it has there. Null when nothing tells.
 * @param parts all files of the artifact with their SHA-256.
 */
export async function originOf(root: string, isFile: boolean, parts: readonly OriginPart[]): Promise<Origin | null> {
  const folder = resolve(root)
  return (await huggingFaceOrigin(folder, isFile, parts)) ?? (await gitOrigin(folder, isFile, parts))
}
