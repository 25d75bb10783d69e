import { gzipSync } from 'node:zlib'
import type { Sample } from '../sample.ts'
import { payload } from './bytes.ts'
import { r } from './r-data.ts'

const one = (name: string, data: Uint8Array, verdict: Sample['verdict'], names?: string): Sample => ({
  name: `R: ${name}`,
  class: verdict === 'pass' ? 'honest' : 'r',
  files: { 'model.rds': data },
  verdict,
  ...(names ? { names } : {}),
})
const code = r.call('system', r.text('true'))
const fit = r.with(
  r.list(
    r.numbers(1, 2, 3),
    r.call('lm', r.symbol('formula')),
    r.closure(r.call('{', r.call('predict', r.symbol('object')))),
  ),
  { class: r.text('lm'), names: r.text('coefficients') },
)

/** Objects of R: promises in every place, functions, and honest models. */
export const rSamples: readonly Sample[] = [
  one('promise at the root', r.file(r.promise(code)), 'block', 'promise'),
  one('promise at the root, packed', new Uint8Array(gzipSync(r.file(r.promise(code)))), 'block', 'promise'),
  one('promise in a list', r.file(r.list(r.numbers(1), r.promise(code))), 'block', 'promise'),
  one('promise in an attribute', r.file(r.with(r.numbers(1), { names: r.promise(code) })), 'block', 'promise'),
  one('promise that only looks honest', r.file(r.promise(r.call('mean', r.symbol('x')))), 'block', 'promise'),
  one(
    'promise in an environment that starts a program',
    r.file(r.environment({ x: r.promise(code) })),
    'block',
    'system',
  ),
  one(
    'promise in an environment, of an unknown function',
    r.file(r.environment({ x: r.promise(r.call('helper', r.symbol('x'))) })),
    'hold',
    'helper',
  ),
  one(
    'argument that nobody wanted yet',
    r.file(r.environment({ x: r.promise(r.call('mean', r.symbol('x'))) })),
    'pass',
  ),
  one('promise in an image', r.image({ model: r.promise(code) }), 'block', 'promise'),
  one('.First in an image', r.image({ '.First': r.closure(r.call('print', r.text('x'))) }), 'block', '.First'),
  one('function that starts a program', r.file(r.list(r.closure(r.call('{', code)))), 'block', 'system'),
  one(
    'function that starts a program by its full name',
    r.file(r.closure(r.call('{', r.call('::', r.symbol('base'), r.symbol('system'))))),
    'block',
    'system',
  ),
  one(
    'function that hands a program starter on',
    r.file(r.closure(r.call('do.call', r.text('system'), r.list(r.text('true'))))),
    'block',
    'system',
  ),
  one('expression that would start a program', r.file(r.list(code)), 'hold', 'system'),
  one('pickle in a raw vector', r.file(r.list(r.raw(payload))), 'block', 'os.system'),
  one('pickle behind the object', r.file(fit, payload), 'block', 'os.system'),
  one('honest model', r.file(fit), 'pass'),
  one('honest model, packed', new Uint8Array(gzipSync(r.file(fit))), 'pass'),
  one('honest image', r.image({ model: fit, data: r.numbers(1, 2) }), 'pass'),
  one(
    'promise that was kept',
    r.file(r.environment({ x: r.promise(r.call('mean', r.symbol('x')), r.numbers(2)) })),
    'pass',
  ),
]
