/** What the folders above a picture say of it. */
export interface FolderMeaning {
  readonly label: string | null
  readonly split: string | null
}

/** Words for folders that hold and do not tell apart. */
const containers =
  /^(images?|imgs?|pictures?|photos?|jpe?g(s|images)?|png(s|images)?|frames?|data(set)?|files?|crops?|raw|samples?)$/i

/** Names that count and do not mean: tracks, sessions, patients. */
const isSerial = (name: string): boolean => /^[^\d]{0,12}[\d_-]+$/.test(name)
/** Share of the names of a level that must count for the level to be a serial one. */
const mostly = 0.8

/**
 * What the folders of pictures mean: a level whose siblings are all names of splits is the split, levels that do not
 * tell apart are left out, and what remains is the label. Of several levels the label is the whole path where they form a
 * tree, without a level below that only counts (tracks); where the same names recur below each folder, the level with
 * more names is the class and the other a circumstance of taking the pictures.
 * @param folders folders that hold pictures directly, relative to the root, `/` between steps; `''` is the root itself
 * @param splitOf the split that one step names, or null
 */
export function meaningOfFolders(
  folders: readonly string[],
  splitOf: (step: string) => string | null,
): ReadonlyMap<string, FolderMeaning> {
  const splitting = splittingParents(folders, splitOf)
  const read = folders.map(folder => {
    let split: string | null = null
    const steps: string[] = []
    const all = stepsOf(folder)
    all.forEach((step, i) => {
      // A class below a split may be called as a split is.
      const said = split === null && splitting.has(all.slice(0, i).join('/')) ? splitOf(step) : null
      if (said === null) steps.push(step)
      else split = said
    })
    return { folder, split, steps }
  })
  const labels = labelsOf(read.map(({ steps }) => steps))
  return new Map(read.map(({ folder, split }, i) => [folder, { split, label: labels[i]! }]))
}

const stepsOf = (folder: string): string[] => folder.split('/').filter(step => step !== '')

/** Folders all of whose subfolders (with pictures below) are called as splits are, or several and the others only hold. */
function splittingParents(folders: readonly string[], splitOf: (step: string) => string | null): ReadonlySet<string> {
  const children = new Map<string, Set<string>>()
  for (const folder of folders) {
    const steps = stepsOf(folder)
    steps.forEach((step, i) => {
      const parent = steps.slice(0, i).join('/')
      const known = children.get(parent)
      if (known) known.add(step)
      else children.set(parent, new Set([step]))
    })
  }
  return new Set(
    [...children].flatMap(([parent, own]) => {
      const told = [...own].filter(step => splitOf(step) !== null)
      const rest = [...own].filter(step => splitOf(step) === null)
      const holds = new Set(told.map(splitOf)).size > 1 && rest.every(step => containers.test(step))
      return rest.length === 0 || holds ? [parent] : []
    }),
  )
}

/** The label of each list of steps; null where nothing tells apart. */
function labelsOf(all: readonly (readonly string[])[]): (string | null)[] {
  const bare = withoutContainers(withoutCommon(all))
  const deepest = Math.max(0, ...bare.map(steps => steps.length))
  if (deepest === 0) return bare.map(() => null)
  if (deepest === 1) return bare.map(steps => steps[0] ?? null)
  const crossed = crossedLevel(bare)
  if (crossed !== null) return bare.map(steps => steps[crossed] ?? steps.at(-1) ?? null)
  const levels = Array.from({ length: deepest }, (_, k) => bare.flatMap(steps => steps[k] ?? []))
  const serial = levels.map(names => names.filter(isSerial).length >= mostly * names.length)
  const first = serial.findIndex((counts, k) => k > 0 && counts && !serial[k - 1])
  const kept = first > 0 ? first : deepest
  return bare.map(steps => steps.slice(0, kept).join('/') || null)
}

/** Without the leading steps that all share. */
function withoutCommon(all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const first = all[0] ?? []
  const filled = all.filter(steps => steps.length > 0)
  let shared = 0
  while (shared < first.length && filled.every(steps => steps[shared] === first[shared])) shared++
  return shared === 0 ? all : all.map(steps => steps.slice(shared))
}

/** Without words for folders, where something else is left that tells apart. */
function withoutContainers(all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const bare = all.map(steps => steps.filter(step => !containers.test(step)))
  return new Set(bare.map(steps => steps.join('/'))).size > 1 ? bare : all
}

/** Share of the last names that recur below other folders. */
const recurring = 0.5

/** The level of the class where two levels cross each other as in a table; null where they form a tree. */
function crossedLevel(all: readonly (readonly string[])[]): number | null {
  const two = all.filter(steps => steps.length === 2)
  if (two.length < all.length * mostly) return null
  const parents = new Map<string, Set<string>>()
  for (const [outer, inner] of two as [string, string][])
    parents.set(inner, (parents.get(inner) ?? new Set()).add(outer))
  const outer = new Set(two.map(steps => steps[0]))
  if (outer.size < 2) return null
  const again = [...parents.values()].filter(own => own.size > 1).length
  if (again < recurring * parents.size) return null
  const counts = (names: Iterable<string>) => [...names].every(isSerial)
  const [outerCounts, innerCounts] = [counts(outer as Set<string>), counts(parents.keys())]
  if (outerCounts !== innerCounts) return outerCounts ? 1 : 0
  return parents.size > outer.size ? 1 : 0
}
