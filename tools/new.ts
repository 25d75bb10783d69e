/**
 * `npm run new <kind> <id>`, e.g. `npm run new detector odd-length`: writes a plugin's folder, ready to be filled, and the
 * registry that knows it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const kinds: Readonly<Record<string, string>> = {
  detector: 'detectors',
  attack: 'attacks',
  behaviour: 'behaviours',
  statistic: 'statistics',
  format: 'formats',
  'model-format': 'models',
  'model-detector': 'detectors',
}

const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const words = (id: string) => id.replaceAll('-', ' ').replace(/^\w/, letter => letter.toUpperCase())

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}

/** Files of a new plugin by path, from the templates of its kind. */
export function filesOf(kind: string, id: string): Map<string, string> {
  const folder = join(root, 'tools', 'templates', kind)
  const files = new Map<string, string>()
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
      .replaceAll('the-id', id)
      .replaceAll('theId', camel(id))
      .replaceAll('TheId', camel(`-${id}`))
      .replaceAll('The title', words(id))
    files.set(join('src', kinds[kind]!, id, name.replace(/\.txt$/, '')), text)
  }
  return files
}

function main([kind = '', id = '']: readonly string[]): void {
  if (!kinds[kind]) fail(`Say what is new: ${Object.keys(kinds).join(', ')}. Example: npm run new detector odd-length`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) fail('The id must be kebab-case, e.g. odd-length.')
  if (existsSync(join(root, 'src', kinds[kind], id))) fail(`src/${kinds[kind]}/${id} is there already.`)
  mkdirSync(join(root, 'src', kinds[kind], id), { recursive: true })
  for (const [path, text] of filesOf(kind, id)) {
    writeFileSync(join(root, path), text)
    console.log(path)
  }
  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  node('--import', 'tsx', 'tools/registry.ts')
  if (kind === 'detector') node('tools/lab.mjs', id)
  if (kind === 'model-detector') node('--import', 'tsx', 'tools/lab-models.ts', id)
  node('--import', 'tsx', 'tools/docs.ts')
  console.log(`Now: npx vitest run src/${kinds[kind]}/${id}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
