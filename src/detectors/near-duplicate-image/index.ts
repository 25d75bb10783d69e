import { z } from 'zod'
import { detector, type Figure, pictureCopies, type RowId } from '../../core/index.ts'
import { picturesOf, rowSample, rowsOf, type Thumbnails, thumbnails } from '../../statistics/index.ts'
import { disputedOf } from './conflict.ts'
import { besideOf, type Showing, shownOf, wantedOf } from './evidence.ts'
import { type Flood, floods } from './flood.ts'
import { type Group, groupsOf, rowsAt } from './groups.ts'
import { leaks } from './leak.ts'
import { isFine, refutedOf } from './near.ts'
import { toldConflicts, toldCopies, toldFlood, toldLeak } from './told.ts'

/** Rows whose cells are fetched: those of the largest groups. */
const mostCells = 20_000
/** Groups whose pictures are fetched large, and floods told one by one. */
const mostLooked = 30
/** Longest side of the pictures that are compared near by. */
const looked = 128
/** Groups under several labels that are looked at near by. */
const mostDisputed = 300
/** Where more than half of a label looks alike, that is how the label looks, unless few hands or one hour brought it. */
const structure = 0.5

/**
 * The same picture again and again buys weight in training, and the same picture under two labels is wrong under one of
 * them. Sets have honest copies too, so a group is suspect when this set's own groups would not lead us to expect it.
 */
export default detector({
  id: 'near-duplicate-image',
  title: 'Copies of pictures',
  threat: 'data-injection',
  also: ['label-flipping'],
  input: {
    table: {
      image: 'any',
      label: 'category?',
      source: 'category?',
      actor: 'category?',
      time: 'time?',
      split: 'category?',
    },
  },
  cost: 'rescan',

  options: z.object({
    likeness: z
      .number()
      .min(0.8)
      .max(1)
      .default(0.93)
      .describe('Cosine of coarse waves from which two pictures are copies of each other.'),
    risk: z
      .number()
      .positive()
      .max(1)
      .default(0.02)
      .describe('A group is held when fewer than this many such groups are expected in an honest set.'),
  }),

  messages: {
    flood: '{size} copies of one picture{who}{when}{said}. An honest set like this would have {expected} such groups.',
    copies: '{copies} pictures repeat another picture, in {groups} groups; the largest has {size}.',
    conflict: '{groups} pictures stand under several labels: {rows} copies contradict others{towards}.',
    leak: '{rows} pictures of "{to}" repeat pictures of "{from}": the test does not measure what it should.',
  },

  async *detect({ table, options, claim, figure, notJudged }) {
    const roles = (['source', 'actor', 'time', 'split'] as const).filter(role => table.has(role))
    const traced = (['source', 'actor', 'time'] as const).filter(role => table.has(role))
    const { thumbs, sample } = await table.measure({
      thumbs: thumbnails.request({}),
      sample: rowSample.request({ roles: traced, limit: traced.length > 0 ? 200_000 : 1, seed: 1 }),
    })
    const beyond = thumbs.total - thumbs.rows.length
    if (beyond > 0) notJudged(`copies among ${beyond} pictures beyond an even sample of ${thumbs.rows.length}`)
    const groups = groupsOf(pictureCopies(thumbs, { least: options.likeness }), thumbs)
    if (groups.length === 0) return
    const { shown, found } = await table.measure({
      shown: picturesOf.request({ rows: pictured(groups, thumbs), side: looked }),
      found: rowsOf.request({ rows: roles.length > 0 ? grouped(groups, thumbs) : [], roles }),
    })
    const showing: Showing = { thumbs, shown, parts: table.parts, cells: found.rows }
    const traces = { thumbs, sample: traced.length > 0 ? sample : null, cells: found.rows }
    const accused = floods(groups, traces)
      .filter(
        flood =>
          flood.expected < options.risk &&
          (flood.senders || flood.burst || !isStructure(flood.group, thumbs)) &&
          isFine(flood.group, showing),
      )
      .slice(0, mostLooked)
    figure(largest(groups, accused, showing))
    const told = [
      ...accused.map(flood => toldFlood(flood, options.risk, showing)),
      ...toldConflicts(groups, refutedOf(disputedOf(groups, thumbs), mostDisputed, showing), showing),
      ...leaks(groups, thumbs, showing).map(leak => toldLeak(leak, showing)),
      toldCopies(groups, showing),
    ]
    for (const { message, severity, evidence, ...more } of told) yield claim(message, severity, evidence, more)
  },
})

/** The largest groups, those lit that are held. */
function largest(groups: readonly Group[], accused: readonly Flood[], showing: Showing): Figure {
  const lit = new Set(accused.map(flood => flood.group))
  return {
    kind: 'bars',
    title: 'Largest groups of copies',
    x: 'pictures',
    bars: groups.slice(0, 30).map(group => ({
      name: nameOf(group, showing),
      value: group.places.length,
      lit: lit.has(group),
    })),
  }
}

/** Rows whose pictures may be shown or compared. */
function pictured(groups: readonly Group[], thumbs: Thumbnails): RowId[] {
  const disputed = disputedOf(groups, thumbs).slice(0, mostDisputed)
  const places = [
    ...groups.slice(0, mostLooked).flatMap(group => [...wantedOf(group), ...besideOf(group, thumbs)]),
    ...[...disputed, ...groups.slice(mostLooked, 3 * mostLooked)].flatMap(group => shownOf(group, thumbs)),
  ]
  return rowsAt([...new Set(places)], thumbs)
}

/** Rows of the largest groups, as many as may be fetched. */
const grouped = (groups: readonly Group[], thumbs: Thumbnails): RowId[] =>
  rowsAt(groups.flatMap(group => group.places).slice(0, mostCells), thumbs)

/** Whether most pictures of the label look so: blank forms, and the pages of one letter. */
function isStructure({ label: given, agreeing }: Group, { label }: Thumbnails): boolean {
  const own = label.reduce((rows, value) => rows + Number(value === given), 0)
  return given >= 0 && agreeing > structure * own
}

const nameOf = ({ places }: Group, { thumbs, shown }: Showing): string =>
  (shown.pictures.get(thumbs.rows[places[0]!]!)?.name || `group of ${places.length}`).slice(-60)
