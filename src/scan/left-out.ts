import type { LeftOut } from './find.ts'

/** So many files of one folder, ending and reason are named one by one; of more the first are. */
const mostNamed = 8
const named = 3

/** What was left out, a sentence for each file, or for the files of one folder that have the ending and reason in common. */
export function leftOutSentences(all: readonly LeftOut[]): string[] {
  const groups = new Map<string, LeftOut[]>()
  for (const each of all) {
    const folder = each.name.slice(0, each.name.lastIndexOf('/') + 1)
    const ending = /\.[^./]*$/.exec(each.name)?.[0] ?? ''
    const key = JSON.stringify([folder, ending, each.reason])
    const known = groups.get(key)
    if (known) known.push(each)
    else groups.set(key, [each])
  }
  return [...groups.values()].flatMap(group => {
    if (group.length <= mostNamed) return group.map(({ name, reason }) => `${name} was left out: ${reason}.`)
    const first = group.slice(0, named).map(({ name }) => name)
    return [`${group.length} files (${first.join(', ')}, …) were left out: ${group[0]!.reason}.`]
  })
}
