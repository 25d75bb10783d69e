import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isThere, shared } from './corpora/files.ts'

/** Published models that are what they say, beside the checkout; empty when they are absent. */
export interface PublishedModel {
  /** Path below the folder of models. */
  readonly name: string
  readonly path: string
  /** True for files whose bytes were destroyed by accident: malformed, not malicious. */
  readonly damaged: boolean
}

/** Folders that are one model, not a collection of models. */
const whole = /^tf-savedmodel/

/** The published models, file by file, and folder by folder where only all files together are a model. */
export function publishedModels(): PublishedModel[] {
  const root = shared('models')
  if (!isThere(root)) return []
  return readdirSync(root)
    .sort()
    .flatMap(group => {
      const folder = join(root, group)
      const damaged = group.endsWith('-damaged')
      if (whole.test(group)) return [{ name: group, path: folder, damaged }]
      return readdirSync(folder)
        .filter(name => statSync(join(folder, name)).isFile())
        .sort()
        .map(name => ({ name: `${group}/${name}`, path: join(folder, name), damaged }))
    })
}
