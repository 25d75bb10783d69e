import { type Bytes, type Examiner, modelFormat, picturesInside } from '../../core/index.ts'
import { looksLikePickle, type PickleRun } from '../../pickle/index.ts'
import { followConstants } from '../nested-pickles.ts'
import { pickledAt } from '../pickled.ts'
import { tellArrays } from '../wrapped-arrays.ts'
import { nextPickle, startsHere } from './garbage.ts'
import { isBomb, mostBombBytes } from './growth.ts'
import { holdsLabelledPictures } from './labelled.ts'

/** Streams one after another in one file. */
const mostStreams = 10_000

/** Pickles: one stream or several, whatever stands between them. */
export default modelFormat({
  id: 'pickle',
  title: 'pickle',
  extensions: ['.pkl', '.pickle', '.pk', '.p', '.dat', '.data', '.bin', '.pt', '.pth', '.ckpt', '.joblib', '.model'],
  sniff: (head, _tail, _name, size) => looksLikePickle(head, size),
  async read(bytes, examiner) {
    const starts = [0]
    const seen = new Set<number>()
    for (let start = starts.pop(); start !== undefined; start = starts.pop()) {
      if (start >= bytes.size || seen.has(start)) continue
      if (seen.size === mostStreams) {
        examiner.unread({ start, end: bytes.size, reason: `There are more than ${mostStreams} pickles in a row.` })
        return
      }
      seen.add(start)
      const { run, arrays } = pickledAt(bytes, start, examiner.limits.steps)
      await tell(run, examiner)
      if (holdsLabelledPictures(run.root, bytes)) examiner.fact(picturesInside.name, picturesInside.value)
      await tellArrays(bytes, run, arrays, examiner)
      starts.push(...following(bytes, run, examiner))
    }
  },
})

/** Says what one stream does. */
async function tell(run: PickleRun, examiner: Examiner): Promise<void> {
  examiner.claim(run.start, run.end, 'pickle')
  examiner.program(run.program)
  if (run.start === 0) examiner.fact('protocol', run.protocol)
  for (const note of run.notes) examiner.note(note)
  if (run.damaged !== undefined)
    examiner.note({
      rule: 'pickle-damaged',
      severity: 'hold',
      text: `The pickle at byte ${run.start} breaks off: ${run.damaged} What stands before is judged, the rest is unread.`,
      start: run.start,
      end: run.end,
    })
  if (run.end - run.start <= mostBombBytes && isBomb(run.root))
    examiner.note({
      rule: 'pickle-bomb',
      severity: 'hold',
      text: `The pickle at byte ${run.start} is a bomb: its values hold each other so many times over that walking over them never ends.`,
      start: run.start,
      end: run.end,
    })
  await followConstants(run, examiner)
}

/** Where the next stream begins: readers do not agree where frames are odd. */
function following(bytes: Bytes, run: PickleRun, examiner: Examiner): number[] {
  const next = nextPickle(bytes, run.end, run.damaged === undefined)
  if (next > run.end)
    examiner.note({
      rule: 'pickle-after-garbage',
      severity: 'hold',
      text: `Another pickle stands at byte ${next}, behind ${next - run.end} bytes that belong to none.`,
      start: run.end,
      end: next,
    })
  const found = run.otherEnds.filter(end => startsHere(bytes, end))
  return next < 0 ? found : [...found, next]
}
