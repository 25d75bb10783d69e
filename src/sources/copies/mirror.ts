/** Longest name that is looked for: file systems hold none longer. */
const mostName = 255

/**
 * Paths under which mirrors keep an address: `host/path` as `wget -r` and `wget -x` write it, with or without the
 * scheme in front, `index.html` for a folder, the query behind `?` or `@`, an ending added, and escapes kept or undone.
 */
export function mirrorNames(url: string): string[] {
  if (!URL.canParse(url)) return []
  const { protocol, hostname, port, pathname, search } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return []
  const hosts = port === '' ? [hostname] : [`${hostname}:${port}`, `${hostname}+${port}`, hostname]
  const queries = search === '' ? [''] : [search, `@${search.slice(1)}`, unescaped(search)]
  const paths = [...new Set([pathname, unescaped(pathname)])].filter(path => !path.split('/').includes('..'))
  const files = paths.flatMap(path => {
    const whole = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`]
    return whole.flatMap(name =>
      queries.flatMap(query => (query === '' ? [name] : [name + query, `${name}${query}.html`])),
    )
  })
  const names = hosts.flatMap(host => files.flatMap(file => [host + file, `${protocol.slice(0, -1)}/${host}${file}`]))
  return [...new Set(names)].filter(name => name.split('/').every(part => Buffer.byteLength(part) <= mostName))
}

function unescaped(path: string): string {
  try {
    // A slash that was escaped is part of a name, and names hold none.
    return decodeURIComponent(path.replace(/%2f/gi, '%252F'))
  } catch {
    return path
  }
}
