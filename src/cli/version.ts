import { readFileSync } from 'node:fs'

/** Version of the installed package, read without loading the library. */
export function installedVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
