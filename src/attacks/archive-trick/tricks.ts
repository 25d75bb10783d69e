import {
  type Archive,
  crcOf,
  endRecord,
  joined,
  type Layout,
  type Member,
  memberOf,
  placed,
  written,
} from './archive.ts'

/** What a trick is made of. */
export interface Hiding extends Archive {
  /** The member whose place the payload takes. */
  readonly target: Member
  readonly payload: Uint8Array
}

const encrypted = 1

/** The member in the place of the target. */
const instead = ({ members, target, front }: Hiding, member: Member): Layout => ({
  front,
  members: members.map(each => (each === target ? member : each)),
})
const poisonOf = ({ target, payload }: Hiding, more: { localName?: string; flags?: number; crc?: number } = {}) =>
  memberOf({ name: target.name, data: payload, ...more })

/** Ways to put a payload into an archive so that one reader meets it and another does not. */
const layouts = {
  'last-duplicate': hiding => ({ ...hiding, members: [...hiding.members, poisonOf(hiding)] }),
  'first-duplicate': hiding => ({ ...hiding, members: [poisonOf(hiding), ...hiding.members] }),
  'name-mismatch': hiding => instead(hiding, poisonOf(hiding, { localName: 'notes.txt' })),
  'encrypted-flag': hiding => instead(hiding, poisonOf(hiding, { flags: encrypted })),
  'wrong-crc': hiding => instead(hiding, poisonOf(hiding, { crc: ~crcOf(hiding.payload) >>> 0 })),
  'hidden-member': hiding => ({ ...hiding, unlisted: poisonOf(hiding).record }),
  prefix: hiding => ({ ...hiding, front: joined(hiding.payload, hiding.front) }),
  tail: hiding => ({ ...hiding, tail: hiding.payload }),
  comment: hiding => ({ ...hiding, comment: hiding.payload }),
  'false-end': hiding => ({ ...hiding, comment: secondEnd(hiding) }),
  'path-traversal': hiding => ({
    ...hiding,
    members: [...hiding.members, memberOf({ name: `../../${hiding.target.name}`, data: hiding.payload })],
  }),
} as const satisfies Readonly<Record<string, (hiding: Hiding) => Layout>>

export type Trick = keyof typeof layouts
export const trickNames = Object.keys(layouts) as [Trick, ...Trick[]]

/** The archive after the trick. */
export const tricked = (trick: Trick, hiding: Hiding): Uint8Array => written(layouts[trick](hiding))

/** A member, a directory of it alone and an end record: readers that take the last end of the file see this archive. */
function secondEnd(hiding: Hiding): Uint8Array {
  const { record, entry } = poisonOf(hiding)
  const start = written(hiding).length
  const entries = [placed(entry, start)]
  return joined(record, ...entries, endRecord(entries, start + record.length, new Uint8Array(0)))
}
