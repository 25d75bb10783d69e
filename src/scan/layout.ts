import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Fault } from '../core/index.ts'

const patterns = z.union([z.string(), z.array(z.string())]).transform(value => [value].flat())
const dataFiles = z.union([
  patterns.transform(paths => [{ split: 'train', paths }]),
  z.array(z.object({ split: z.string(), path: patterns }).transform(({ split, path }) => ({ split, paths: path }))),
])
const card = z.object({
  configs: z.array(
    z.object({
      config_name: z.string(),
      data_files: dataFiles.optional(),
      data_dir: z.string().optional(),
      default: z.boolean().optional(),
    }),
  ),
})

/** Which files of a dataset folder make up its table. */
export interface Layout {
  readonly config: string
  readonly others: readonly string[]
  readonly splits: readonly { readonly split: string; readonly paths: readonly string[] }[]
}

const mostCardBytes = 1 << 20

/**
 * Reads the `configs` of a Hugging Face dataset card (YAML in front of README.md). None when there is no such card or
 * it names no files: then every data file belongs to the table.
 */
export async function layoutOf(folder: string, wanted?: string): Promise<Layout | undefined> {
  const text = await readFile(join(folder, 'README.md'), 'utf8').catch(() => '')
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text.slice(0, mostCardBytes))
  const read = front && card.safeParse(await parsed(front[1]!))
  const configs = read?.success ? read.data.configs : []
  const names = configs.map(config => config.config_name)
  if (wanted !== undefined && !names.includes(wanted)) {
    const known = names.length > 0 ? `The configurations are: ${names.join(', ')}.` : 'Leave --config out.'
    throw new Fault('bad-option', `${folder}: no configuration "${wanted}".`, known)
  }
  const chosen =
    configs.find(c => c.config_name === wanted) ??
    configs.find(c => c.default) ??
    configs.find(c => c.config_name === 'default') ??
    configs[0]
  if (!chosen?.data_files) return undefined
  const inside = (path: string) => (chosen.data_dir ? `${chosen.data_dir}/${path}` : path)
  return {
    config: chosen.config_name,
    others: names.filter(name => name !== chosen.config_name),
    splits: chosen.data_files.map(({ split, paths }) => ({ split, paths: paths.map(inside) })),
  }
}

async function parsed(yaml: string): Promise<unknown> {
  const { parse } = await import('yaml')
  try {
    return parse(yaml, { maxAliasCount: 20 })
  } catch {
    return undefined
  }
}
