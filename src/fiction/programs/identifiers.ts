import { type CodeLanguage, pick, type Random } from '../../core/index.ts'
import { coined, everyday, list } from '../words.ts'

const verbs = list(
  'get|load|read|make|check|create|build|find|fetch|handle|process|run|save|open|prepare|update|resolve|lookup|compute|store|sync',
)
const things = list(
  'user|order|invoice|report|account|ticket|message|product|customer|image|note|device|member|booking|payment|article|vehicle|patient|student|parcel|contract|recipe|sensor|event|document',
)
const values = list(
  'value|item|data|name|target|source|entry|record|text|key_name|content|payload|field|subject|input_value|part|chunk|element|holder|current|selected|candidate|raw|body|found|handle_ref',
)
const columns = list('name|email|city|title|status|phone|code|category|username|country|number|color|owner|state')
const parts = list('api|v1|items|search|export|files|download|status|profile|list|data|public|report|help')

const camel = (words: readonly string[]): string =>
  words.map((word, k) => (k === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
const pascal = (words: readonly string[]): string =>
  words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
const snake = new Set<CodeLanguage>(['python', 'php', 'ruby'])

/** What stands for a host, a file, an account, a secret or a number; null for other places. */
function literal(slot: string, random: Random): string | null {
  switch (slot) {
    case 'h':
      return `${pick(list('db|api|files|intern|srv1|data|cdn'), random)}.${coined(random)}.example`
    case 'file':
      return `${pick(everyday.noun, random)}.${pick(list('txt|json|pem|cfg|log|dat'), random)}`
    case 'user':
      return pick(list('admin|app|root|service|reporting|webapp|postgres'), random)
    case 's':
      return secret(random)
    case 'n':
      return String(pick([12, 16, 20, 24, 32, 40], random))
    default:
      return null
  }
}

/** Names for one piece of code, all of them different, written as the language writes them. */
export function identifiers(language: CodeLanguage, random: Random): (slot: string) => string {
  const known = new Map<string, string>()
  const taken = new Set<string>()
  const thing = pick(things, random)
  const variable = (): string => {
    for (let tries = 0; tries < 40; tries++) {
      const shape = random()
      const name =
        shape < 0.5
          ? pick(values, random)
          : shape < 0.8
            ? `${thing}_${pick(values, random)}`
            : pick(everyday.noun, random)
      if (taken.has(name)) continue
      taken.add(name)
      return snake.has(language) ? name : camel(name.split('_'))
    }
    return coined(random)
  }
  const verb = [pick(verbs, random), ...(random() < 0.4 ? [pick(everyday.adjective, random)] : []), thing]
  const make = (slot: string): string => {
    switch (slot) {
      case 'f':
        return snake.has(language)
          ? verb.join('_')
          : language === 'csharp' || language === 'go'
            ? pascal(verb)
            : camel(verb)
      case 'F':
        return pascal([
          pick([...everyday.noun, thing], random),
          ...(random() < 0.5 ? [pick(list('store|tool|loader|service|view|keeper'), random)] : []),
        ])
      case 't':
        return `${thing}s`
      case 'col':
        return pick(columns, random)
      case 'u':
        return `${pick(parts, random)}/${thing}s`
      default:
        return literal(slot, random) ?? variable()
    }
  }
  return slot => {
    const name = known.get(slot) ?? make(slot)
    known.set(slot, name)
    return name
  }
}

/** A password or key such as people leave in their sources. */
function secret(random: Random): string {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const noise = (count: number) => Array.from({ length: count }, () => pick([...letters], random)).join('')
  const shape = random()
  if (shape < 0.4) return noise(16 + Math.floor(random() * 16))
  const word = pick(everyday.noun, random)
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}${pick(list('!|#|_|@|-'), random)}${Math.floor(random() * 9000) + 1000}${shape < 0.7 ? pick(list('x|!|Q|$'), random) : ''}`
}
