import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  dayMs,
  orderedRevisions,
  type Revision,
  revertedOf,
  revertsOf,
  type SnapshotRule,
  snapshotChoice,
} from './revisions.ts'
import { chooseGathered, gathered, gatherRevision } from './revisions-gathered.ts'

const hour = 3_600_000
const at = Date.UTC(2024, 0, 31)
const rule: SnapshotRule = { at, holdMs: dayMs, radius: 15 }

/** A page from letters (its contents) and ages in hours before the snapshot. */
const page = (...steps: readonly (readonly [string | null, number])[]): Revision[] =>
  steps.map(([digest, age], i) => ({ id: String(i + 1), time: at - age * hour, digest }))

const chosenOf = (revisions: readonly Revision[], more: Partial<SnapshotRule> = {}) => {
  const ordered = orderedRevisions(revisions)
  const choice = snapshotChoice(ordered, { ...rule, ...more })
  return [ordered[choice.chosen]?.id ?? null, choice.held ?? null]
}

describe('the choice of one page', () => {
  it('takes the newest revision that has stood for the hold', () => {
    expect(chosenOf(page(['a', 90], ['b', 30]))).toEqual(['2', null])
    expect(chosenOf(page(['a', 90], ['b', 30], ['c', 1]))).toEqual(['2', 'young'])
    expect(chosenOf(page(['a', 90], ['b', 24]))).toEqual(['2', null])
  })

  it('never takes what was reverted before the snapshot or after it', () => {
    expect(chosenOf(page(['a', 90], ['b', 30], ['a', 2]))).toEqual(['1', 'young'])
    expect(chosenOf(page(['a', 90], ['b', 30], ['a', -5]))).toEqual(['1', 'reverted'])
    expect(chosenOf(page(['a', 90], ['b', 0.5], ['a', -5]))).toEqual(['1', 'reverted'])
  })

  it('holds out new pages, pages of later, and pages with nothing left', () => {
    expect(chosenOf(page(['a', 3], ['b', 1]))).toEqual([null, 'new'])
    expect(chosenOf(page(['a', -3]))).toEqual([null, 'later'])
    expect(chosenOf(page(['b', 90], [null, 80]).slice(1))).toEqual([null, 'removed'])
    expect(chosenOf([])).toEqual([null, 'later'])
  })

  it('passes over what the wiki removed', () => {
    expect(chosenOf(page(['a', 90], [null, 30]))).toEqual(['1', 'removed'])
  })

  it('is not cleared by a young repetition of the edit', () => {
    expect(chosenOf(page(['a', 90], ['bad', 25], ['a', 24.5], ['bad', 0.1]))).toEqual(['1', 'young'])
    expect(chosenOf(page(['a', 90], ['bad', 30], ['a', 2], ['bad', 0.1]))).toEqual(['1', 'young'])
  })

  it('takes emptying a page again for no revert of what was written in between', () => {
    for (const empty of ['', 'phoiac9h4m842xq45sp7s6u21eteeq1'])
      expect(chosenOf(page(['a', 99], [empty, 90], ['a', 89], ['b', 50], [empty, 2], ['b', 1]))).toEqual(['4', 'young'])
  })

  it('reads equal times by number, not by text', () => {
    const same = [9, 10, 11].map((id, k): Revision => ({ id: String(id), time: at - 50 * hour, digest: 'abc'[k]! }))
    expect(chosenOf([same[2]!, same[0]!, same[1]!])).toEqual(['11', null])
  })
})

test('a revert spans at most the radius', () => {
  const between = (n: number): Revision[] =>
    page(['a', 500], ...Array.from({ length: n }, (_, k) => [`x${k}`, 400 - k] as const), ['a', 100])
  expect(revertsOf(between(15), 15).at(-1)).toBe(0)
  expect(revertsOf(between(16), 15).at(-1)).toBe(-1)
  expect(revertsOf(page(['a', 9], ['a', 8]), 15).at(-1)).toBe(-1)
})

const anyPage = fc
  .array(
    fc.record({
      age: fc.integer({ min: -60, max: 200 }),
      digest: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    }),
    { maxLength: 40 },
  )
  .map(steps => steps.map(({ age, digest }, i): Revision => ({ id: String(i + 1), time: at - age * hour, digest })))

describe('of any page', () => {
  it('the chosen revision is old, shown and not reverted, and everything newer is not', () => {
    fc.assert(
      fc.property(anyPage, fc.integer({ min: 1, max: 20 }), (revisions, radius) => {
        const ordered = orderedRevisions(revisions)
        const by = revertedOf(ordered, radius)
        const { chosen, newest } = snapshotChoice(ordered, { ...rule, radius })
        const able = ordered.map((r, i) => at - r.time >= dayMs && by[i]! < 0 && r.digest !== null)
        expect(chosen).toBe(able.lastIndexOf(true))
        expect(newest).toBe(ordered.map(r => r.time <= at).lastIndexOf(true))
      }),
    )
  })

  it('what a plain reading of identity reverts undoes, before the snapshot or after, is never chosen', () => {
    fc.assert(
      fc.property(anyPage, revisions => {
        const ordered = orderedRevisions(revisions)
        const undone = new Set<number>()
        ordered.forEach((own, i) => {
          if (own.digest === null) return
          for (let k = i - 1; k >= Math.max(0, i - 16); k--)
            if (ordered[k]!.digest === own.digest) {
              for (let j = k + 1; j < i; j++) undone.add(j)
              break
            }
        })
        const { chosen } = snapshotChoice(ordered, rule)
        if (chosen < 0) return
        expect(undone.has(chosen)).toBe(false)
      }),
    )
  })

  it('the order of the rows and doubled rows mean nothing', () => {
    fc.assert(
      fc.property(anyPage, fc.infiniteStream(fc.nat(1000)), (revisions, keys) => {
        const keyed = [...revisions, ...revisions.slice(0, 5)].map(r => ({ r, k: keys.next().value as number }))
        const mixed = keyed.sort((a, b) => a.k - b.k).map(({ r }) => r)
        expect(chosenOf(mixed)).toEqual(chosenOf(revisions))
      }),
    )
  })

  it('a longer hold never chooses a newer revision', () => {
    fc.assert(
      fc.property(anyPage, fc.integer({ min: 0, max: 72 }), fc.integer({ min: 0, max: 72 }), (revisions, x, y) => {
        const ordered = orderedRevisions(revisions)
        const of = (hours: number) => snapshotChoice(ordered, { ...rule, holdMs: hours * hour })
        expect(of(Math.max(x, y)).chosen).toBeLessThanOrEqual(of(Math.min(x, y)).chosen)
      }),
    )
  })

  it('one more edit in the last hour never brings newer content in, and costs what it restores over at most', () => {
    const before = anyPage.map(revisions => revisions.filter(({ time }) => time < at - hour))
    fc.assert(
      fc.property(
        before,
        fc.constantFrom('a', 'b', 'c', 'd', 'new'),
        fc.integer({ min: 1, max: 6 }),
        (old, digest, radius) => {
          const ordered = orderedRevisions(old)
          const last = ordered.length
          const narrow = { ...rule, radius }
          const whole = snapshotChoice(ordered, narrow).chosen
          const attacked = snapshotChoice([...ordered, { id: '999', time: at - 1, digest }], narrow).chosen
          expect(attacked).toBeLessThanOrEqual(whole)
          const by = revertedOf(ordered, radius)
          const able = ordered.flatMap((r, k) => (at - r.time >= dayMs && by[k]! < 0 && r.digest !== null ? [k] : []))
          const lost = able.filter(k => k > attacked)
          expect(lost.every(k => last - k <= radius)).toBe(true)
          if (digest === 'new') expect(attacked).toBe(whole)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('a late restoration is believed: by contents and times it may as well undo poison', () => {
    // Told of an honest page that an attacker rolls back, and of a poisoned page that a patrol restores.
    const told = page(['a', 90], ['b', 60], ['a', 26], ['c', 25], ['b', 0.5])
    expect(chosenOf(told)).toEqual(['1', 'young'])
  })

  it('gathering with little memory chooses the same, or says that it lacks older revisions', () => {
    fc.assert(
      fc.property(anyPage, revisions => {
        const narrow = { ...rule, radius: 2 }
        const small = gathered<Revision>(narrow, 1)
        for (const r of revisions) gatherRevision(small, r)
        const ordered = orderedRevisions(revisions)
        const whole = snapshotChoice(ordered, narrow)
        const found = chooseGathered(small)
        expect(found.newest?.id).toBe(ordered[whole.newest]?.id)
        if (!found.beyond) expect(found.chosen?.id).toBe(ordered[whole.chosen]?.id)
      }),
    )
  })

  it('keeps a page of a million revisions in bounded memory', () => {
    const flood = gathered<Revision>(rule, 64)
    for (let i = 0; i < 100_000; i++)
      gatherRevision(flood, { id: String(i), time: at - (i % 90) * hour, digest: `d${i}` })
    expect(flood.list.length).toBeLessThanOrEqual(4 * 64 + 1)
    expect(chooseGathered(flood).chosen?.time).toBe(at - 24 * hour)
  })
})
