/**
 * Compares our reading of pickles with CPython's: `npx tsx bench/pickle-fuzz.ts [--streams 20000] [--seed 1]
 * [--python python3]`. Streams are made by chance; CPython says what its readers look up, call and set, with inert
 * stand-ins for everything (`pickle-fuzz.py`). Prints how many of those are missing in our acts: 0 is the law.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Act, memoryBytes, seeded } from '../src/core/index.ts'
import { type PickleRun, runPickle } from '../src/pickle/index.ts'
import { anyStream } from './pickle-mutations.ts'

type Named = readonly [module: string, name: string]

/** What CPython says of one stream. */
interface Answer {
  readonly imports: readonly Named[]
  readonly calls: readonly Named[]
  readonly sets: readonly Named[]
  readonly fast: number | null
  readonly slow: number | null
  readonly named: readonly string[]
}

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
  },
})
const total = Number(values.streams)
const batch = 5000
/** Batches that CPython works on while one is compared. */
const readers = 2
const shownMisses = 10

const tally = { streams: 0, whole: 0, imports: 0, calls: 0, sets: 0, named: 0, missing: 0, ends: 0 }

/** Asks CPython about some streams. */
async function answersOf(streams: readonly Uint8Array[]): Promise<Answer[]> {
  const script = new URL('./pickle-fuzz.py', import.meta.url).pathname
  const child: ChildProcess = spawn(values.python, ['-X', 'utf8', script, '--tools'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const pieces: Uint8Array[] = []
  for (const stream of streams) {
    const head = Buffer.alloc(4)
    head.writeUInt32LE(stream.length)
    pieces.push(head, stream)
  }
  child.stdin!.end(Buffer.concat(pieces))
  const answers: Answer[] = []
  for await (const line of createInterface({ input: child.stdout! })) answers.push(JSON.parse(line) as Answer)
  if (answers.length !== streams.length)
    throw new Error(`CPython answered ${answers.length} of ${streams.length} streams`)
  return answers
}

/** Names of acts; for what is set also the name at its root: a stand-in that is called returns itself. */
const keysOf = (run: PickleRun, kind: Act['kind']): Set<string> =>
  new Set(
    run.program.acts
      .filter(act => act.kind === kind)
      .map(act => `${act.module}\n${kind === 'set' ? act.name.replace(/(\(\))+$/, '') : act.name}`),
  )

function compare(stream: Uint8Array, answer: Answer): void {
  const run = runPickle(memoryBytes(stream), 0, { steps: 1e6 })
  tally.streams++
  if (answer.fast !== null || answer.slow !== null) tally.whole++
  const unresolved = run.program.acts.some(act => act.kind === 'unresolved')
  const ours = { imports: keysOf(run, 'import'), calls: keysOf(run, 'call'), sets: keysOf(run, 'set') }
  for (const kind of ['imports', 'calls', 'sets'] as const)
    for (const [module, name] of answer[kind]) {
      tally[kind]++
      if (module === '' && name.startsWith('persistent')) continue
      const blocked = kind !== 'imports' && unresolved
      if (!blocked && !ours[kind].has(`${module}\n${name}`)) miss(kind, `${module} ${name}`, stream)
    }
  // Where there are backslashes, pickletools shows names that no reader looks up.
  for (const name of answer.named) {
    tally.named++
    if (!stream.includes(0x5c) && ![...ours.imports].some(key => key.replace('\n', ' ') === name))
      miss('named', name, stream)
  }
  const ends = [...(run.damaged === undefined ? [run.end] : []), ...run.otherEnds]
  if (answer.fast !== null && !ends.includes(answer.fast)) {
    tally.ends++
    miss('end', `C stops at ${answer.fast}, we at ${run.end}: ${run.damaged ?? 'whole'}`, stream)
  }
  if (answer.slow !== null && ends.length === 0) miss('end', `Python reads all, we: ${run.damaged}`, stream)
}

function miss(kind: string, what: string, stream: Uint8Array): void {
  tally.missing++
  if (tally.missing <= shownMisses)
    console.log(`${kind}: ${JSON.stringify(what)} in ${Buffer.from(stream).toString('hex')}`)
}

const random = seeded(Number(values.seed))
const asked: { readonly streams: readonly Uint8Array[]; readonly answers: Promise<Answer[]> }[] = []
for (let made = 0; made < total || asked.length > 0; ) {
  while (made < total && asked.length <= readers) {
    const streams = Array.from({ length: Math.min(batch, total - made) }, () => anyStream(random))
    made += streams.length
    asked.push({ streams, answers: answersOf(streams) })
  }
  const { streams, answers } = asked.shift()!
  for (const [k, answer] of (await answers).entries()) compare(streams[k]!, answer)
  if (tally.streams % 100_000 === 0) process.stderr.write(`${tally.streams} streams, missing ${tally.missing}\n`)
}
console.log(
  `${tally.streams} streams, ${tally.whole} read to STOP by CPython; it looks up ${tally.imports} globals, makes ` +
    `${tally.calls} calls, sets ${tally.sets} objects, lists ${tally.named} names; missing here: ${tally.missing}`,
)
process.exitCode = tally.missing > 0 ? 1 : 0
