import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * A worker thread whose code stands beside the caller. The build has it as JavaScript; from TypeScript sources
 * (development, tests) the thread must first load the reader of TypeScript that a clone has installed.
 * @param name of the file, without its ending
 * @param from the caller's `import.meta.url`
 */
export function thread(name: string, from: string, options: WorkerOptions): Worker {
  if (!from.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, from), options)
  const loader = new URL(
    './dist/esm/api/index.mjs',
    pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json')),
  )
  const source = new URL(`./${name}.ts`, from).href
  const code = `import('${loader.href}').then(tsx => (tsx.register(), import('${source}')))`
  return new Worker(code, { ...options, eval: true })
}
