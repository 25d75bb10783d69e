import type { Program } from './program.ts'
import type { Member, Note, Unread } from './reader.ts'
import type { Tensor } from './tensors.ts'

/** One file of a model, examined. */
export interface ModelFile {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly root: Member
}

/** A model as its detectors see it: files that were read and not run. */
export interface Model {
  readonly kind: 'model'
  readonly name: string
  readonly files: readonly ModelFile[]
  /** Notes of a layout over several files. */
  readonly notes: readonly Note[]
  /** Files that were found and not read, with the reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
}

/** Something found, and the member it was found in. */
export interface Found<T> {
  readonly file: ModelFile
  readonly member: Member
  readonly found: T
}

/** All members of a file, outer ones first. */
export function* membersOf(member: Member): Generator<Member> {
  const open = [member]
  for (let next = open.pop(); next; next = open.pop()) {
    yield next
    for (let k = next.members.length - 1; k >= 0; k--) open.push(next.members[k]!)
  }
}

function* each<T>(model: Model, of: (member: Member) => readonly T[]): Generator<Found<T>> {
  for (const file of model.files)
    for (const member of membersOf(file.root)) for (const found of of(member)) yield { file, member, found }
}

export const programsOf = (model: Model): Generator<Found<Program>> => each(model, m => m.programs)
export const tensorsOf = (model: Model): Generator<Found<Tensor>> => each(model, m => m.tensors)
export const notesOf = (model: Model): Generator<Found<Note>> => each(model, m => m.notes)
export const unreadOf = (model: Model): Generator<Found<Unread>> => each(model, m => m.unread)
