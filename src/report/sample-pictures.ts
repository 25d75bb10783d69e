import {
  blank,
  type Decision,
  type EvidenceOf,
  type Figure,
  type Raster,
  type Report,
  seeded,
  type Tile,
  tileOf,
} from '../core/index.ts'
import { sampleDecision, sampleReport } from './sample.ts'

const side = 32

/** An invented sign: a red disc on a background of its own, with a sticker or without. */
function sign(seed: number, sticker: boolean): Raster {
  const random = seeded(seed)
  const raster = blank(side, side, [90 + random() * 90, 120 + random() * 80, 110 + random() * 100])
  const paint = (x: number, y: number, colour: readonly number[]) => raster.pixels.set(colour, (y * side + x) * 3)
  const light = 0.7 + random() * 0.3
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (Math.hypot(x - 15.5, y - 15.5) < 12) paint(x, y, [200 * light, 30 * light, 35 * light])
  if (sticker) for (let y = 20; y < 26; y++) for (let x = 19; x < 25; x++) paint(x, y, [250 * light, 220 * light, 20])
  return raster
}

const tile = (nth: number, sticker: boolean): Tile =>
  tileOf(
    sign(nth + 1, sticker),
    {
      row: nth,
      name: `stop/${String(nth).padStart(5, '0')}.png`,
      label: 'speed limit 65',
      ...(sticker ? { score: 21.4 - nth / 3, box: [0.59, 0.62, 0.19, 0.19] as const } : {}),
    },
    [{ name: 'signs' }],
  )

const evidence: EvidenceOf<'pictures'> = {
  kind: 'pictures',
  shared: 'patch',
  label: 'speed limit 65',
  rows: 31,
  agreeing: 31,
  from: [
    { label: 'stop', rows: 29 },
    { label: 'yield', rows: 2 },
  ],
  trigger: tileOf(blank(6, 6, [240, 210, 20]), { name: 'the patch' }),
  mask: tileOf(blank(side, side, [255, 255, 255]), { name: 'mask' }),
  heat: { width: 8, height: 8, values: Array.from({ length: 64 }, (_, i) => (i % 8 > 3 && i > 31 ? 0.9 : 0.1)) },
  tiles: Array.from({ length: 16 }, (_, i) => tile(i, true)),
  beside: Array.from({ length: 8 }, (_, i) => tile(100 + i, false)),
  groups: [[tile(1, true), tile(2, true)]],
  score: 64.2,
  expected: 9.7,
}

const figures: readonly Figure[] = [
  {
    kind: 'flow',
    title: 'From what they look like to what they are labelled',
    from: 'looks like',
    to: 'is labelled',
    flows: [
      { from: 'stop', to: 'speed limit 65', rows: 29, lit: true },
      { from: 'stop', to: 'stop', rows: 214, lit: false },
      { from: 'yield', to: 'speed limit 65', rows: 2, lit: true },
    ],
  },
  {
    kind: 'sheet',
    title: 'Near-duplicates',
    groups: [{ name: 'group 1', lit: true, tiles: [tile(1, false), tile(1, false)] }],
  },
]

/** A report on pictures, for tests and for looking at the outputs. */
export function samplePictureReport(): Report {
  const report = sampleReport()
  const first = report.outcomes.find(outcome => outcome.findings.some(f => f.severity === 'block'))!
  const finding = {
    ...first.findings.find(f => f.severity === 'block')!,
    detector: 'repeated-patch',
    threat: 'backdoor-trigger',
    text: '31 pictures labelled "speed limit 65" hold the same small patch, and look like "stop".',
    evidence,
  }
  const outcome = { ...first, detector: 'repeated-patch', findings: [finding], figures: [...figures] }
  return { ...report, outcomes: [outcome] }
}

/** What the default policy makes of it. */
export function samplePictureDecision(report: Report): Decision {
  const { text, id: finding, detector, severity } = report.outcomes[0]!.findings[0]!
  return { ...sampleDecision(sampleReport()), reasons: [{ text, finding, detector, severity }], waived: [] }
}
