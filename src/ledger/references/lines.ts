import { commitOf, digestOf, pinIn, shownUrl } from './pin.ts'
import type { Named, ReferenceUse } from './reference.ts'

const mostLine = 4096

/** Lines with their numbers, those that go on behind a backslash joined. */
function* logicalLines(text: string): Generator<{ readonly text: string; readonly line: number }> {
  let held = ''
  let from = 0
  for (const [i, own] of text.split('\n').entries()) {
    const line = own.replace(/\r$/, '').slice(0, mostLine)
    if (held === '') from = i + 1
    if (/\\$/.test(line) && held.length < 64 * mostLine) held += `${line.slice(0, -1)} `
    else {
      yield { text: held + line, line: from }
      held = ''
    }
  }
  if (held !== '') yield { text: held, line: from }
}

const named = (url: string, line: number, use: ReferenceUse, pin: string | null = null): Named => ({
  line,
  url: shownUrl(url),
  pin: pinIn(url) ?? pin,
  use,
})

const gitUrls = /git\+[a-z]+:\/\/[^\s"',;)\]]+/gi

/** Packages that requirement lists fetch from repositories and addresses. Packages of registries are no references. */
export function namedInRequirements(text: string): Named[] {
  const found: Named[] = []
  for (const { text: own, line } of logicalLines(text)) {
    const bare = own.replace(/(?:^|\s)#.*$/, '')
    const hash = digestOf(/--hash=(sha256:[0-9a-f]{64})\b/i.exec(bare)?.[1])
    const git = bare.match(gitUrls) ?? []
    for (const url of git) found.push(named(url, line, 'runs', hash))
    const file = /(?:^|\s|@\s*)(https?:\/\/\S+\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)\S*)/i.exec(bare)?.[1]
    if (file !== undefined && git.length === 0) found.push(named(file, line, 'runs', hash))
  }
  return found
}

/** Packages that a project file (TOML, INI or Python) fetches from repositories. */
export function namedInProject(text: string): Named[] {
  const found: Named[] = []
  for (const { text: own, line } of logicalLines(text)) {
    if (/^\s*#/.test(own)) continue
    for (const url of own.match(gitUrls) ?? []) found.push(named(url, line, 'runs'))
    // Poetry, uv and Pipenv: name = { git = "https://…", rev = "…" }
    const table = /\bgit\s*=\s*["']((?:https?|ssh|git):\/\/[^"']+|[\w.-]+@[^"']+)["']/.exec(own)?.[1]
    const revision = /\brev\s*=\s*["']([^"']+)["']/.exec(own)?.[1] ?? /\bref\s*=\s*["']([^"']+)["']/.exec(own)?.[1]
    if (table !== undefined) found.push(named(table, line, 'runs', commitOf(revision)))
  }
  return found
}

/** Images and addresses that a Dockerfile builds upon. */
export function namedInDockerfile(text: string): Named[] {
  const found: Named[] = []
  const stages = new Set(['scratch'])
  for (const { text: own, line } of logicalLines(text)) {
    if (/^\s*#/.test(own)) continue
    const from = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(own)
    const copied = /^\s*COPY\s+(?:--\S+\s+)*?--from=(\S+)/i.exec(own)?.[1]
    const image = from?.[1] ?? copied
    // A number is a stage by its place; a variable is decided by whoever builds.
    const known = image === undefined || stages.has(image.toLowerCase()) || /^\d+$/.test(image) || image.includes('$')
    if (!known) found.push(named(image, line, 'runs'))
    if (from?.[2]) stages.add(from[2].toLowerCase())
    const added = /^\s*ADD\s+(.*)$/i.exec(own)?.[1]
    const sum = digestOf(/--checksum=(sha256:[0-9a-f]{64})\b/i.exec(added ?? '')?.[1])
    for (const url of added?.match(/https?:\/\/\S+/gi) ?? []) found.push(named(url, line, 'read', sum))
    for (const url of own.match(gitUrls) ?? []) found.push(named(url, line, 'runs'))
  }
  return found
}
