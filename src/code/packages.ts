import type { CodeLanguage } from '../core/index.ts'
import { ordinary, popular, type Registry, registries } from './popular.ts'

/** A package that a text brings in. */
export interface Brought {
  readonly name: string
  readonly registry: Registry
}

/** Letters that look alike, each written as one of them. */
const alike: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ո: 'n',
  ο: 'o',
  α: 'a',
  ρ: 'p',
  ν: 'v',
  ı: 'i',
  ℓ: 'l',
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')
const bare = (name: string): string => plain(name).replaceAll('-', '')
const drawn = (name: string): string =>
  [...bare(name)]
    .map(c => alike[c] ?? c)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')

const known = new Map<Registry, ReadonlySet<string>>(registries.map(r => [r, new Set(popular[r].map(plain))]))
const byLook = new Map<Registry, ReadonlyMap<string, string>>(
  registries.map(r => [r, new Map(popular[r].map(name => [drawn(name), name]))]),
)
/** A name as long as this is not met by chance one letter away. */
const longEnough = 6
const longest = 64

/** True when a package of this name is much used. */
export const isPopular = ({ name, registry }: Brought): boolean => known.get(registry)!.has(plain(name))

const plainly = new Map<Registry, readonly (readonly [name: string, plain: string])[]>(
  registries.map(r => [r, popular[r].map(name => [name, plain(name)])]),
)
/** Names asked for lately: programs import the same packages again and again. */
const asked = new Map<string, string | null>()
const mostAsked = 10_000

/** The much used package that this name imitates; null when it is one itself, a word of its own, or far from all. */
export function imitated({ name, registry }: Brought): string | null {
  const key = `${registry} ${name}`
  const before = asked.get(key)
  if (before !== undefined) return before
  if (asked.size >= mostAsked) asked.clear()
  const found = imitatedBy(name, registry)
  asked.set(key, found)
  return found
}

function imitatedBy(name: string, registry: Registry): string | null {
  const short = plain(name)
  if (short.length < 4 || short.length > longest || known.get(registry)!.has(short) || ordinary.has(short)) return null
  const same = byLook.get(registry)!.get(drawn(name))
  if (same !== undefined) return separated(short, plain(same)) ? null : same
  for (const [other, long] of plainly.get(registry)!) {
    if (Math.abs(long.length - short.length) > 2) continue
    if (nearTo(short, long)) return other
  }
  return null
}

/** The same letters with other separators: python-dateutil and dateutil are written in every way. */
const separated = (a: string, b: string): boolean =>
  a !== b &&
  /^[a-z-]+$/.test(a) &&
  a.replaceAll('-', '') === b.replaceAll('-', '') &&
  a.includes('-') &&
  b.includes('-')

function nearTo(name: string, other: string): boolean {
  const distance = editsBetween(name, other, 2)
  if (distance > 2 || distance === 0) return false
  if (distance === 2) return Math.min(name.length, other.length) >= 11 && name[0] === other[0]
  if (isTwisted(name, other)) return Math.min(name.length, other.length) >= 4
  const shortest = Math.min(name.length, other.length)
  return shortest >= longEnough || (shortest === longEnough - 1 && name[0] === other[0] && name.at(-1) === other.at(-1))
}

const longer = (a: string, b: string): string => (a.length >= b.length ? a : b)
const shorter = (a: string, b: string): string => (a.length < b.length ? a : b)

/** Two neighbours changed places, or a letter stands doubled. */
function isTwisted(a: string, b: string): boolean {
  if (a.length === b.length) {
    const at = [...a].findIndex((c, i) => c !== b[i])
    return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
  }
  const [long, short] = [longer(a, b), shorter(a, b)]
  for (let i = 1; i < long.length; i++)
    if (long[i] === long[i - 1] && long.slice(0, i) + long.slice(i + 1) === short) return true
  return false
}

/** Letters put in, left out, changed or exchanged with a neighbour; `most` + 1 when there are more. */
export function editsBetween(a: string, b: string, most: number): number {
  let older: number[] = []
  let old = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const now = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(old[j]! + 1, now[j - 1]! + 1, old[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, older[j - 2]! + 1)
      now.push(best)
    }
    if (Math.min(...now) > most) return most + 1
    older = old
    old = now
  }
  return Math.min(old[b.length]!, most + 1)
}

const installs: readonly (readonly [RegExp, Registry])[] = [
  [
    /\b(?:pip3?|pipx|uv(?: pip)?|poetry|conda|mamba|easy_install|pipenv)\s+(?:install|add|run)\s+([^\n;&|'"`)]{1,300})/g,
    'pypi',
  ],
  [/\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|add|ci)\s+([^\n;&|'"`)]{1,300})/g, 'npm'],
  [/\b(?:npx)\s+([^\n;&|'"`)]{1,100})/g, 'npm'],
  [/\b(?:gem\s+install|bundle\s+add)\s+([^\n;&|'"`)]{1,200})/g, 'rubygems'],
  [/\bcomposer\s+require\s+([^\n;&|'"`)]{1,200})/g, 'packagist'],
  [/\b(?:dotnet\s+add(?:\s+\S+)?\s+package|Install-Package)\s+([^\n;&|'"`)]{1,100})/g, 'nuget'],
  [/\bgo\s+(?:get|install)\s+([^\n;&|'"`)]{1,200})/g, 'go'],
]
const name = /^@?[\p{L}\d][\p{L}\d._/-]*/u
const mostInstalls = 64

/** Packages that commands in a text install. */
export function installedIn(text: string): Brought[] {
  return installs
    .flatMap(([command, registry]) =>
      [...text.matchAll(command)]
        .slice(0, mostInstalls)
        .flatMap(match => namedIn(match[1]!).map(name => ({ name, registry }))),
    )
    .slice(0, mostInstalls)
}

/** What a command is told to install, without its options; ends where talk begins. */
function namedIn(words: string): string[] {
  const found: string[] = []
  for (const word of words.trim().split(/\s+/)) {
    if (word.startsWith('-') || /[\\/]$|^\.|\.(?:txt|toml|whl|gz|json)$|:\/\//.test(word)) continue
    const named = name.exec(word)?.[0]
    if (!named) break
    found.push(named.replace(/(?<=.)@.*$/, ''))
  }
  return found
}

const imports: Readonly<Partial<Record<CodeLanguage, readonly [RegExp, Registry]>>> = {
  python: [/^[ \t]*(?:from[ \t]+([\p{L}\w]+)[\w.]*[ \t]+import\b|import[ \t]+([\p{L}\w., \t]{1,300}))/gmu, 'pypi'],
  javascript: [
    /\bfrom\s*['"]([^'"\n]{1,200})['"]|^[ \t]*import\s*['"]([^'"\n]{1,200})['"]|\b(?:require|import)(?:\.resolve)?\s*\(\s*['"`]([^'"`\n]{1,200})['"`]/gm,
    'npm',
  ],
  ruby: [/^[ \t]*(?:require|gem)[ \t(]+['"]([\p{L}\w.-]{1,80})/gmu, 'rubygems'],
  go: [/^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"([\w.-]+\.\w+\/[^"\n]{1,200})"/gm, 'go'],
  csharp: [/^[ \t]*using[ \t]+(?:static[ \t]+)?([\w.]{1,120})[ \t]*;/gm, 'nuget'],
}

/** Packages that a text in a language imports. What begins with a dot, a slash or a sign of one's own is no package. */
export function importedIn(text: string, language: CodeLanguage): Brought[] {
  const [pattern, registry] = imports[language === 'typescript' ? 'javascript' : language] ?? []
  if (!pattern || !registry) return []
  return [...text.matchAll(pattern)]
    .slice(0, mostInstalls)
    .map(match => match[1] ?? match[2] ?? match[3] ?? '')
    .flatMap(path => (registry === 'pypi' ? path.split(',') : [path]))
    .map(path => packageOf(path.trim(), registry))
    .filter(name => name !== '')
    .map(name => ({ name, registry }))
}

function packageOf(path: string, registry: Registry): string {
  if (registry === 'pypi') return /^[\p{L}\w]+/u.exec(path)?.[0] ?? ''
  if (registry === 'go') return path.split('/').slice(0, 3).join('/')
  if (registry !== 'npm') return path
  const own = path.replace(/^node:/, '')
  return /^[./~#]|^@\/|:/.test(own)
    ? ''
    : own
        .split('/')
        .slice(0, own.startsWith('@') ? 2 : 1)
        .join('/')
}

/** An index of packages that is not the usual one, and where it is named. */
export const foreignIndex =
  /(?:--(?:extra-)?index-url|\bindex_url|--find-links|--registry|\bregistry|--source|--trusted-host|GOPROXY|GONOSUMDB|GOINSECURE|GONOSUMCHECK|--add-source)\s*[=: ,'"\]]{1,6}\s*['"]?(?!https:\/\/(?:pypi\.org|files\.pythonhosted\.org|test\.pypi\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|rubygems\.org|download\.pytorch\.org|api\.nuget\.org|proxy\.golang\.org|repo\.maven\.apache\.org))(?:https?:\/\/[^\s'"]{3,200}|(?<=host[=: ,'"\]]{1,6})[\w.-]+\.\w+)/

/** Shell that fetches a program and runs it without a look. */
export const fetchAndRun =
  /\b(?:curl|wget|fetch|aria2c|iwr|irm|Invoke-(?:WebRequest|RestMethod))\b[^\n|;&]{0,300}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:\/(?:usr\/)?bin\/(?:env\s+)?)?(?:(?:ba|z|da|k|fi)?sh|python[\d.]*|perl|ruby|node|php|iex|Invoke-Expression|source)\b|\b(?:(?:ba|z|da|k)?sh|eval|source|python[\d.]*|node|ruby|perl|iex)\b[^\n|;&]{0,40}(?:<\(|\$\(|`)\s*(?:curl|wget|iwr|irm)\b|\b(?:curl|wget|iwr|Invoke-WebRequest)\b[^\n]{0,300}(?:&&|;|\n)\s*(?:sudo\s+)?(?:chmod\s+(?:-\w+\s+)*(?:[ugoa]*\+\w*x|[0-7]*7[0-7]*)|(?:ba|z|da)?sh\s+[\w./-]|\.\/[\w.-]|python[\d.]*\s+[\w./-]|start\b|Start-Process)|\b(?:iex|Invoke-Expression)\b[^\n]{0,60}(?:DownloadString|iwr|irm|Invoke-WebRequest|WebClient)|\bcertutil\b[^\n]{0,60}-urlcache|\bbitsadmin\b[^\n]{0,60}\/transfer|\bmshta\s+(?:https?:|javascript:|vbscript:)|\bregsvr32\b[^\n]{0,60}\/i:https?:|\brundll32\b[^\n]{0,60}https?:|DownloadString\([^\n]{0,200}\)\s*\|\s*iex/i
