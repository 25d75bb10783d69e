import { parse } from 'tldts'

/** Longer addresses are not read to their end: servers refuse them, and a host has at most 253 characters. */
const mostCharacters = 2048
const mostHost = 253

/** The usual case, told without the slow parser: letters, digits, hyphens, and a top-level name of letters alone. */
const usual = /^https?:\/\/((?:[a-z0-9-]+\.)+[a-z]{2,63})(?=[/?#]|$)/i
const scheme = /^([a-z][a-z0-9+-]*):/i
const hosted = new Set(['http', 'https', 'ftp', 'ftps', 'ws', 'wss', 'git', 'ssh', 's3', 'gs', 'hf'])
/** Schemes of our list whose authority names a bucket or an account, not a host. */
const named = new Set(['s3', 'gs', 'hf'])

/**
 * The host of an address as a browser would ask for it: lower case, punycode, IPv4 in four numbers, IPv6 in brackets,
 * no port, no user, no trailing dot. Without a scheme only what ends as names on the internet do is a host.
 * @returns null when there is none: data and file addresses, relative paths, buckets, broken text
 */
export function hostOf(url: string): string | null {
  const text = url.length > mostCharacters ? url.slice(0, mostCharacters) : url
  const found = usual.exec(text)
  if (found && found[1]!.length <= mostHost && !found[1]!.includes('xn--')) return found[1]!.toLowerCase()
  return unusualHost(text, url.length > mostCharacters)
}

function unusualHost(text: string, cut: boolean): string | null {
  const plain = text.replace(/[\t\n\r]/g, '').trim()
  const [, name = ''] = scheme.exec(plain) ?? []
  const known = hosted.has(name.toLowerCase())
  // `example.com:8080/a` has a port, not a scheme.
  if (name !== '' && !known && !/^[^:]*:\d+(?:[/?#]|$)/.test(plain)) return null
  if (named.has(name.toLowerCase())) return null
  const rest = known ? plain.slice(name.length + 1) : plain
  const relative = !known && !/^[\\/]{2}/.test(rest)
  const start = /^[\\/]*/.exec(rest)![0].length
  if (relative && start > 0) return null
  const end = rest.slice(start).search(/[\\/?#]/)
  if (end < 0 && cut) return null
  const authority = end < 0 ? rest.slice(start) : rest.slice(start, start + end)
  const host = asked(authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, ''))
  if (host === null) return null
  return relative && parse(host, { extractHostname: false }).isIcann !== true ? null : host
}

/** The host as it is asked for. The parser of Node follows the same standard as browsers (WHATWG URL). */
function asked(host: string): string | null {
  if (host === '' || host.length > 4 * mostHost) return null
  try {
    const name = new URL(`http://${host}/`).hostname.replace(/\.+$/, '')
    return name === '' || name.length > mostHost ? null : name
  } catch {
    return null
  }
}
