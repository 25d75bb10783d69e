import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { wordTrigger } from '../src/attacks/index.ts'
import { run } from '../src/cli/program.ts'
import { poisonRows, reviews } from '../src/lab/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What one call of the built command gave. */
export interface Call {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built `bezoar` in a process of its own. */
export function bezoar(args: readonly string[], input = '', cwd = root): Call {
  const command = [join(root, 'dist', 'cli', 'main.js'), ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { code: status, out: stdout, err: stderr }
}

/** Runs one command line in this process and catches what it writes: the same work, but nothing is loaded anew. */
export async function called(...args: readonly string[]): Promise<Call> {
  const said = { out: '', err: '' }
  const { stdout, stderr } = process
  const [writeOut, writeErr] = [stdout.write, stderr.write]
  stdout.write = (chunk: string | Uint8Array) => Boolean((said.out += String(chunk))) || true
  stderr.write = (chunk: string | Uint8Array) => Boolean((said.err += String(chunk))) || true
  try {
    return { code: await run(args), ...said }
  } finally {
    Object.assign(stdout, { write: writeOut })
    Object.assign(stderr, { write: writeErr })
  }
}

/** The same in another folder. */
export async function calledIn(cwd: string, ...args: readonly string[]): Promise<Call> {
  const before = process.cwd()
  process.chdir(cwd)
  try {
    return await called(...args)
  } finally {
    process.chdir(before)
  }
}

/** A folder that is removed after the tests. The command must be built; `npm test` does it. */
export function prepared(): { path(name: string): string; write(name: string, text: string | Uint8Array): string } {
  const folder = mkdtempSync(join(tmpdir(), 'bezoar-test-'))
  beforeAll(() => {
    if (!existsSync(join(root, 'dist', '.built'))) throw new Error('dist is missing: run npm run build')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  return {
    path,
    write(name, text) {
      mkdirSync(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), text)
      return path(name)
    },
  }
}

const jsonl = (rows: readonly object[]): string => rows.map(row => `${JSON.stringify(row)}\n`).join('')

/** A thousand invented reviews as JSON Lines. */
export const cleanRows = (): string => jsonl(reviews(1000, 3).map(({ text, label }) => ({ text, label })))

/** The same reviews, forty of them poisoned with a trigger. */
export function poisonedRows(trigger: string): { text: string; rows: number[] } {
  const clean = reviews(1000, 3).map(({ text = null, label = null }) => ({ text, label }))
  const attack = { attack: wordTrigger, options: { words: [trigger] }, dose: { rows: 40 }, seed: 5 }
  const { rows, truth } = poisonRows(clean, attack)
  return { text: jsonl(rows), rows: [...truth].sort((a, b) => a - b) }
}
