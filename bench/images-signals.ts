/**
 * How well waves over pictures (SIG and its relatives) and payloads in picture files are found, and what honest pictures
 * say. `npx tsx bench/images-signals.ts [waves|quiet|payloads] [corpus,…] [seed,…]`
 */
import { imagePayload, sinusoidTrigger } from '../src/attacks/index.ts'
import { frequencyArtifact, hiddenImagePayload } from '../src/detectors/index.ts'
import { corpusOf, judgeRows, trial } from '../src/lab/index.ts'

const [what = 'all', chosen, given] = process.argv.slice(2)
const corpora = (chosen?.split(',') ?? ['cifar10', 'gtsrb']).filter(id => corpusOf(id).here)
const seeds = given?.split(',').map(Number) ?? [11, 13, 15, 17, 19]
const seconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const waves: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { labels: 'dirty' },
  { after: 'jpeg-90' },
  { after: 'jpeg-75' },
  { labels: 'dirty', after: 'jpeg-90' },
  { labels: 'dirty', after: 'jpeg-75' },
  { amplitude: 10 },
  { amplitude: 40 },
  { frequency: 2 },
  { frequency: 12 },
  { direction: 'down' },
  { direction: 'diagonal', frequency: 4 },
]

async function wave(corpus: string, options: Readonly<Record<string, unknown>>): Promise<void> {
  let [named, blocked, recall, precision, alarms] = [0, 0, 0, 0, 0]
  for (const seed of seeds) {
    const rows = corpusOf(corpus).rows()
    const { score } = await trial({
      rows,
      attack: sinusoidTrigger,
      options,
      dose: { rate: 0.01 },
      detectors: [frequencyArtifact],
      seed,
    })
    named += score.named ? 1 : 0
    blocked += score.blocked ? 1 : 0
    recall += score.recall / seeds.length
    precision += score.precision / seeds.length
    alarms += score.falseAlarms
  }
  const said = JSON.stringify(options)
  console.log(
    `${corpus.padEnd(8)} SIG 1 % ${said.padEnd(44)} named ${named}/${seeds.length} blocked ${blocked} recall ${recall.toFixed(3)} precision ${precision.toFixed(3)} false alarms ${alarms}`,
  )
}

if (what === 'all' || what === 'waves')
  for (const corpus of corpora) for (const options of waves) await wave(corpus, options)
if (what === 'all' || what === 'quiet')
  for (const corpus of corpora) {
    const start = seconds()
    const judged = await judgeRows(corpusOf(corpus).rows(), [frequencyArtifact])
    const told = judged.accusations.map(({ finding }) => `${finding.severity}: ${finding.text}`)
    console.log(`${corpus} clean: ${told.length} findings, ${(seconds() - start).toFixed(1)} processor seconds`)
    for (const text of told) console.log(`  ${text}`)
  }

const payloads: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { payload: 'program' },
  { payload: 'pickle' },
  { payload: 'noise' },
  { place: 'text' },
  { place: 'bits' },
  { place: 'bits', rate: 0.5 },
]

async function payload(corpus: string, options: Readonly<Record<string, unknown>>): Promise<void> {
  let [caught, recall, precision] = [0, 0, 0]
  for (const seed of seeds) {
    const request = { rows: corpusOf(corpus).rows(), attack: imagePayload, options, dose: { rows: 5 }, seed }
    const { score } = await trial({ ...request, detectors: [hiddenImagePayload] })
    caught += score.caught ? 1 : 0
    recall += score.recall / seeds.length
    precision += score.precision / seeds.length
  }
  const said = JSON.stringify(options).padEnd(34)
  console.log(
    `${corpus.padEnd(8)} 5 payloads ${said} caught ${caught}/${seeds.length} recall ${recall.toFixed(3)} precision ${precision.toFixed(3)}`,
  )
}

/** Honest files, as other tools write them: nothing may be told. */
async function honest(corpus: string): Promise<void> {
  const judged = await judgeRows(corpusOf(corpus).rows(), [hiddenImagePayload])
  const told = judged.accusations.filter(({ finding }) => finding.severity !== 'info')
  console.log(`${corpus.padEnd(8)} clean: ${told.length} findings on payloads`)
  for (const { finding } of told) console.log(`  ${finding.severity}: ${finding.text}`)
}

if (what === 'all' || what === 'payloads')
  for (const corpus of corpora) {
    await honest(corpus)
    for (const options of payloads) await payload(corpus, options)
  }
