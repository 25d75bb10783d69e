import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { toolVersion } from '../src/core/index.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'))

interface Locked {
  readonly version?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> }

it('states its version in one way', () => {
  expect((read('package.json') as { version: string }).version).toBe(toolVersion)
})

it('locks the packages of every platform, not only of the one it was written on', () => {
  const wanted = Object.values(packages).flatMap(entry => Object.keys(entry.optionalDependencies ?? {}))
  const paths = Object.keys(packages)
  expect(wanted.filter(name => !paths.some(path => path.endsWith(`node_modules/${name}`)))).toEqual([])
})

it('needs no install script in production: what has one is optional and brings what the script would build', () => {
  const scripted = Object.entries(packages).filter(([, entry]) => entry.hasInstallScript && !entry.dev)
  for (const [path, { optional }] of scripted) {
    expect(optional, path).toBe(true)
    const built = fileURLToPath(new URL(`../${path}/prebuilds/`, import.meta.url))
    if (existsSync(dirname(built))) expect(readdirSync(built).length, path).toBeGreaterThan(0)
  }
})

it('names source and licence of every sample, and leads to no missing one', () => {
  const text = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8')
  const samples = readdirSync(new URL('../samples/', import.meta.url)).filter(name => name !== 'README.md')
  for (const page of ['samples/README.md', 'NOTICE']) {
    const told = [...text(page).matchAll(/[\w-]+\.(?:tsv|csv|jsonl)/g)].map(([name]) => name)
    expect([...new Set(told)].sort()).toEqual(samples.sort())
    expect(text(page).match(/CC BY/g)).toHaveLength(samples.length)
    expect(text(page).match(/doi\.org/g)).toHaveLength(samples.length)
  }
})
