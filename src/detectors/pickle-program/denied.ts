import { asPython3, type Named } from './names.ts'

/** Names that give a stranger the machine, under what they do. */
export interface DenyGroup {
  /** Completes "It names os.system, which …". */
  readonly does: string
  /** Modules with everything below them. */
  readonly packages: readonly string[]
  readonly names: Readonly<Record<string, readonly string[]>>
}

/** The deny-list as it stands in its file. */
export interface DenyFile {
  readonly version: string
  readonly groups: readonly DenyGroup[]
  /** Names of denied packages that an allow-list has, exactly. */
  readonly except: Readonly<Record<string, readonly string[]>>
}

/** Tells what a name can do to the machine; null when it is on no deny-list, which says nothing good about it. */
export type Denies = (named: Named) => string | null

/** Names that are dangerous in whatever module they are found: modules re-export what they import. */
const anywhere = new Set(
  (
    'system popen popen2 popen3 popen4 Popen check_output check_call getoutput getstatusoutput eval exec execfile ' +
    '__import__ import_module run_module run_path spawn posix_spawn fork forkpty execv execve execvp execl execlp ' +
    'startfile urlopen urlretrieve resolve_name builtins __builtins__ __builtin__ importlib subprocess posix ' +
    'shutil socket ctypes runpy pickle marshal os sys pty attrgetter methodcaller unsafe_load safe_eval'
  ).split(' '),
)
/** Attributes from which every other object of the interpreter can be reached. */
const reaching =
  /^__(globals|builtins|subclasses|class|dict|code|getattribute|getattr|bases|base|mro|self|func|wrapped|loader|spec|import|call|init|reduce|reduce_ex|setattr|delattr|init_subclass|module|closure)__$/

/** Makes a deny-list ready for look-ups. A package counts with all that is below it. */
export function denying({ groups, except }: DenyFile): Denies {
  const packages = new Map<string, string>()
  const names = new Map<string, string>()
  for (const group of groups) {
    for (const name of group.packages) packages.set(name, group.does)
    for (const [module, list] of Object.entries(group.names))
      for (const name of list) names.set(`${module} ${name}`, group.does)
  }
  const excepted = ({ module, name }: Named) => Object.hasOwn(except, module) && except[module]!.includes(name)
  const one = ({ module, name }: Named): string | null => below(packages, module, name) ?? walked(names, module, name)
  return named => {
    if (excepted(named)) return null
    const other = asPython3(named)
    return one(named) ?? (other && one(other)) ?? byName(named)
  }
}

/** A name with dots is a walk: `a` `b.c` may be the module a.b and its c. */
function below(packages: ReadonlyMap<string, string>, module: string, name: string): string | null {
  const dotted = name.includes('.') ? `${module}.${name}` : module
  for (let end = dotted.length; end > 0; end = dotted.lastIndexOf('.', end - 1)) {
    const found = packages.get(dotted.slice(0, end))
    if (found) return found
  }
  return packages.get(`${module}.${name}`) ?? null
}

function walked(names: ReadonlyMap<string, string>, module: string, name: string): string | null {
  const parts = name.split('.')
  for (let k = 1; k <= parts.length; k++) {
    const inner = [module, ...parts.slice(0, k - 1)].join('.')
    const found = names.get(`${inner} ${parts[k - 1]}`) ?? names.get(`${module} ${parts.slice(0, k).join('.')}`)
    if (found) return found
  }
  return null
}

function byName({ name }: Named): string | null {
  for (const part of name.split('.')) {
    if (anywhere.has(part)) return 'reaches code of the interpreter or of the operating system through another module'
    if (reaching.test(part)) return 'reaches everything that the interpreter holds'
  }
  return null
}
