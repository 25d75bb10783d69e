import { closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree, TreeFile } from './tree.ts'
import { treeOf } from './walk.ts'

const endings =
  /\.(py[cdiowxz]?|pyz?w|ipynb|so(\.\d+)*|dylib|dll|exe|com|scr|msi|node|wasm|sh|bash|zsh|fish|csh|ksh|command|bat|cmd|ps1|psm1|vbs|js|mjs|cjs|jsx|ts|mts|cts|rb|pl|pm|php|lua|tcl|r|jl|jar|class|war|pkl|pickle|joblib|dill|cloudpickle|pt|pth|pt2|ckpt|bin|keras|h5|hdf5|npy|npz|mar|nemo|jinja2?|j2|pth|egg|whl|desktop|service|mk|app|apk|deb|rpm)$/i
const names = /^(makefile|dockerfile|justfile|rakefile|jenkinsfile|setup\.cfg|sitecustomize|usercustomize)$/i

/** How bytes begin that a machine, an interpreter or a loader would run. */
const heads: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['a script', [0x23, 0x21]],
  ['a program (ELF)', [0x7f, 0x45, 0x4c, 0x46]],
  ['a program (PE)', [0x4d, 0x5a]],
  ['a program (Mach-O)', [0xcf, 0xfa, 0xed, 0xfe]],
  ['a program (Mach-O)', [0xce, 0xfa, 0xed, 0xfe]],
  ['a program (Mach-O)', [0xca, 0xfe, 0xba, 0xbe]],
  ['WebAssembly', [0x00, 0x61, 0x73, 0x6d]],
  ['Lua bytecode', [0x1b, 0x4c, 0x75, 0x61]],
  ['an archive (ZIP) that may hold a pickle or a package', [0x50, 0x4b, 0x03, 0x04]],
  ['a pickle', [0x80, 0x02]],
  ['a pickle', [0x80, 0x03]],
  ['a pickle', [0x80, 0x04]],
  ['a pickle', [0x80, 0x05]],
]

/** What can be run about a file, by its name or its first bytes; null when nothing is known to run it. */
export function runsAs(name: string, head: Uint8Array): string | null {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const known = heads.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))
  if (known) return known[0]
  const ending = endings.exec(base)
  if (ending) return `${ending[0].toLowerCase()} can be run or loaded as code`
  return names.test(base) ? 'it is run by its name' : null
}

/** Objects of a Git store: compressed, and found by their content. */
const hex = '[0-9a-f]'
const gitStore = [
  `/objects/${hex}${hex}/${hex.repeat(38)}`,
  '/objects/pack/pack-*.pack',
  '/objects/pack/pack-*.idx',
  '/objects/pack/pack-*.rev',
  // Git runs a hook only without this ending.
  '/hooks/*.sample',
]

/** A file under an ignore pattern that something could run. */
export interface RunnableFile {
  readonly file: TreeFile
  readonly why: string
}

/** What the patterns left out of a tree and what could be run of it; what could not be looked into is named too. */
export interface Ignored {
  readonly files: number
  readonly runnable: readonly RunnableFile[]
  readonly unseen: readonly string[]
}

/** Looks into everything that was left out by a pattern. */
export async function ignoredOf(tree: Tree, root: string): Promise<Ignored> {
  const runnable: RunnableFile[] = []
  const unseen: string[] = []
  let files = 0
  for (const name of tree.ignored) {
    for (const file of await filesOf(name, root, unseen)) {
      files++
      const head = headOf(file.path)
      if (head === null) unseen.push(file.name)
      const why = runsAs(file.name, head ?? new Uint8Array(0))
      if (why !== null) runnable.push({ file, why })
    }
  }
  return { files, runnable, unseen }
}

async function filesOf(name: string, root: string, unseen: string[]): Promise<TreeFile[]> {
  const path = join(root, name)
  try {
    if (!name.endsWith('/')) {
      if (statSync(path).isFile()) return (await treeOf(path)).files.map(file => ({ ...file, name }))
      unseen.push(`${name} (no file)`)
      return []
    }
    const ignore = name === '.git/' ? gitStore : []
    const tree = await treeOf(path, { ignore, defaults: false, linksOut: true })
    unseen.push(...tree.leftOut.map(inner => `${name}${inner.name} (${inner.reason})`))
    return tree.files.map(file => ({ ...file, name: name + file.name }))
  } catch {
    unseen.push(name)
    return []
  }
}

function headOf(path: string): Uint8Array | null {
  try {
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const head = Buffer.alloc(8)
      return head.subarray(0, readSync(fd, head, 0, 8, 0))
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}
