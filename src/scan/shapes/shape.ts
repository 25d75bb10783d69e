import { type Cell, type Role, type Row, textOf, turnBreak } from '../../core/index.ts'
import {
  type Answer,
  cut,
  emptyAsNull,
  isSame,
  joined,
  lastAnswer,
  lastBy,
  said,
  withoutAnswer,
  withoutEnd,
} from './answer.ts'
import { type Better, betterOf } from './better.ts'
import type { Slot } from './names.ts'
import { ratingsOf } from './ratings.ts'
import { type Single, singleRow } from './single.ts'
import { speakerNamed } from './speakers.ts'
import { heard, type Turn } from './turns.ts'

/**
 * The columns of a file that hold a conversation, by place. Several columns of one place are spellings of which a record
 * has one: files of mixed kinds are common. Plain data: a thread that opens the file again gets it.
 */
export interface Shape {
  readonly columns: Readonly<Partial<Record<Slot, readonly string[]>>>
  /** How `better` tells which of `first` and `second` is the better answer. */
  readonly better?: Better
  /** The columns of most records; a record that has others is told. */
  readonly usual: string
  /** Places whose cells are conversations written out as text. */
  readonly written: readonly Slot[]
  /** True when records have answers; a list of prompts has none, and lacks nothing. */
  readonly answers: boolean
  /** True when names or content leave no doubt that somebody is told what to do. */
  readonly told: boolean
}

/** Roles that a shape fills. */
export const shapedRoles = [
  'system',
  'prompt',
  'response',
  'chosen',
  'rejected',
  'text',
  'ratings',
] as const satisfies readonly Role[]

/** What a record says by role, and what was odd about it. */
export interface Shaped {
  readonly row: Row
  /** Kinds of defects, see `batch.ts`. */
  readonly odd: readonly string[]
  /** The columns that hold it. */
  readonly kind: string
}

const essential = ['messages', 'prompt', 'response', 'chosen', 'rejected', 'first', 'speaker'] as const

/** Gives roles to one record of a shape; `cell` reads it by column, and `single` is what `singleOf` says of the shape. */
export function shaped(shape: Shape, cell: (column: string) => Cell | undefined, single: Single | null = null): Shaped {
  const record = new Reading(shape, cell)
  const row = (single && singleRow(single, cell)) ?? record.row()
  record.judge(row)
  return { row, odd: record.odd, kind: record.kind() }
}

const nothing: readonly string[] = []
const noCells: Cell[] = []

const isEmpty = (cell: Cell | undefined): boolean => cell === null || cell === undefined || cell === ''

/** One record under way. */
class Reading {
  odd: readonly string[] = nothing
  private readonly shape: Shape
  private readonly cell: (column: string) => Cell | undefined

  constructor(shape: Shape, cell: (column: string) => Cell | undefined) {
    this.shape = shape
    this.cell = cell
  }

  kind(): string {
    let kind = ''
    for (const slot of essential) {
      const name = this.shape.columns[slot]?.find(each => !isEmpty(this.cell(each)))
      if (name !== undefined) kind = kind === '' ? name : `${kind}+${name}`
    }
    return kind
  }

  private tell(kind: string): void {
    if (!this.odd.includes(kind)) this.odd = [...this.odd, kind]
  }

  private hear(slot: Slot, cell: Cell | undefined): readonly Turn[] {
    const hearing = { sure: slot === 'messages' || slot === 'history', written: this.shape.written.includes(slot) }
    return heard(cell, kind => this.tell(kind), hearing)
  }

  /** The cells of a place: one, unless a record has several spellings of it. */
  private cells(slot: Slot): Cell[] {
    const names = this.shape.columns[slot]
    if (names === undefined) return noCells
    const held: Cell[] = []
    for (const name of names) {
      const cell = this.cell(name)
      if (!isEmpty(cell)) held.push(cell!)
    }
    return held
  }

  row(): Row {
    const pair = this.pair()
    const own = pair ? null : this.answers('response')
    const talk = this.context(pair ? [pair.chosen, pair.rejected] : own ? [own] : [])
    const before = pair ? talk : withoutAnswer(talk, own)
    const response = pair ? null : (own?.text ?? lastAnswer(talk))
    const answers = pair ? [pair.chosen.text, pair.rejected.text] : [response]
    const row: Partial<Record<Role, Cell>> = {
      system: joined(said(before, 'system')),
      prompt: joined(said(before, 'user')),
      response,
      chosen: pair?.chosen.text ?? null,
      rejected: pair?.rejected.text ?? null,
      text: this.text([...before.map(turn => turn.text), ...answers]),
      ratings: this.ratings(),
    }
    return row
  }

  private ratings(): Cell {
    const names = this.shape.columns.ratings
    return names === undefined ? null : ratingsOf(names.map(name => [name, this.cell(name) ?? null]))
  }

  /** Everything in the order of a reader; a column of text that renders the same talk stands for it. */
  private text(parts: readonly (string | null)[]): string | null {
    const filled = parts.flatMap(part => part?.trim() || [])
    const rendered = this.cells('text').flatMap(cell => textOf(cell) ?? [])
    const whole = rendered.find(text => filled.length > 0 && filled.every(part => text.includes(part)))
    return whole ?? joined([...filled, ...rendered])
  }

  /** Tells what the record lacks. */
  judge(row: Row): void {
    if (row.prompt === null && row.response === null && row.chosen === null && row.rejected === null) {
      if (row.text === null && row.ratings === null) this.tell(this.isBlank() ? 'empty-record' : 'no-conversation')
      else if (row.ratings === null) this.tell('no-turns')
    } else if (this.shape.columns.speaker === undefined) {
      if (row.prompt === null) this.tell('no-prompt')
      if (row.response === null && row.chosen === null && this.shape.answers) this.tell('no-response')
      if (row.chosen !== null && row.rejected === null) this.tell('no-rejected')
    }
  }

  /** True when a column is here, and nothing in it. */
  private isBlank(): boolean {
    const names = Object.values(this.shape.columns).flat()
    return names.some(name => this.cell(name) === '') && names.every(name => isEmpty(this.cell(name)))
  }

  /** What was said before the answers, each thing once: files repeat a prompt in several columns. */
  private context(answers: readonly Answer[]): readonly Turn[] {
    const system = this.cells('system').flatMap(cell => textOf(cell) ?? [])
    const messages = this.cells('messages').flatMap(cell => this.turnsOrText('messages', cell))
    const sources = [
      system.map((text): Turn => ({ by: 'system', text })),
      answers.length > 0 ? withoutEnd(messages, answers) : messages,
      this.history(),
      this.flat(),
      this.asked(),
      ...answers.map(({ before }) => before),
    ].filter(turns => turns.length > 0)
    if (sources.length <= 1) return sources[0] ?? []
    const known = new Set<string>()
    return sources.flatMap(turns => {
      const fresh = turns.filter(({ text }) => !known.has(text.trim()))
      for (const { text } of turns) known.add(text.trim())
      return fresh
    })
  }

  private turnsOrText(slot: Slot, cell: Cell): readonly Turn[] {
    const turns = this.hear(slot, cell)
    if (turns.length > 0) return turns
    const text = textOf(cell)
    if (text === null || text === '[]') return []
    this.tell('no-turns')
    return [{ by: 'user', text }]
  }

  private history(): readonly Turn[] {
    return this.cells('history').flatMap(cell => this.turnsOrText('history', cell))
  }

  /** A row that is one turn of a conversation of several rows. */
  private flat(): readonly Turn[] {
    const name = this.cells('speaker')[0]
    if (name === undefined) return []
    const by = typeof name === 'string' ? speakerNamed(name) : null
    if (by === null) this.tell('unknown-speaker')
    return this.cells('said').flatMap(cell => ({ by: by ?? 'user', text: this.plain(cell) }))
  }

  /** What the columns `prompt` and `input` ask: turns, or an instruction and its material. */
  private asked(): readonly Turn[] {
    const turns: Turn[] = []
    const texts: string[] = []
    for (const cell of this.cells('prompt')) {
      const own = this.hear('prompt', cell)
      if (own.length > 0) turns.push(...own)
      else texts.push(this.plain(cell))
    }
    if (texts.length > 1) this.tell('two-columns')
    for (const cell of this.cells('input')) {
      const own = this.hear('input', cell)
      if (own.length > 0) turns.push(...own)
      else texts.push(this.plain(cell))
    }
    const text = texts.filter(part => part.trim() !== '').join(turnBreak)
    return text === '' ? turns : [...turns, { by: 'user', text }]
  }

  /** A cell that should be text; other values are read as JSON. */
  private plain(cell: Cell): string {
    if (typeof cell === 'object') this.tell('not-text')
    return textOf(cell) ?? ''
  }

  private answers(slot: Slot): Answer | null {
    const all = this.cells(slot).map(cell => this.answer(slot, cell))
    if (all.length <= 1) return all[0] ?? null
    this.tell('two-columns')
    return { text: joined(all.map(({ text }) => text ?? '')), before: all.flatMap(({ before }) => before) }
  }

  /** The answer in a cell, and the turns that it repeats before the answer. */
  private answer(slot: Slot, cell: Cell): Answer {
    const turns = this.hear(slot, cell)
    if (turns.length === 0) return { text: emptyAsNull(this.plain(cell)), before: [] }
    return cut(turns, lastBy(turns, 'assistant'))
  }

  /** A better and a worse answer; null when the record has neither. */
  private pair(): { readonly chosen: Answer; readonly rejected: Answer } | null {
    const chosen = this.cells('chosen')[0]
    const rejected = this.cells('rejected')[0]
    if (chosen !== undefined || rejected !== undefined) return this.compared('chosen', chosen, rejected)
    const [first, second] = [this.cells('first')[0], this.cells('second')[0]]
    if (first === undefined && second === undefined) return null
    const better = this.shape.better && betterOf(this.shape.better, name => this.cell(name))
    if (better === 'first') return this.compared('first', first, second)
    if (better === 'second') return this.compared('first', second, first)
    this.tell('no-preference')
    const both = this.compared('first', first, second)
    const said = [both.chosen, both.rejected].flatMap(({ text }): Turn[] =>
      text === null ? [] : [{ by: 'tool', text }],
    )
    return {
      chosen: { text: null, before: [...both.chosen.before, ...said] },
      rejected: { text: null, before: both.rejected.before },
    }
  }

  /** Two answers without the turns that both begin with. */
  private compared(
    slot: Slot,
    chosen: Cell | undefined,
    rejected: Cell | undefined,
  ): { chosen: Answer; rejected: Answer } {
    const [a, b] = [chosen, rejected].map(cell => (cell === undefined ? [] : this.hear(slot, cell)))
    if (a!.length === 0 || b!.length === 0) {
      const none: Answer = { text: null, before: [] }
      return {
        chosen: chosen === undefined ? none : this.answer(slot, chosen),
        rejected: rejected === undefined ? none : this.answer(slot, rejected),
      }
    }
    let same = 0
    const asks = (turns: readonly Turn[]) => said(turns, 'user').length > 0
    while (same < Math.min(a!.length, b!.length) && isSame(a![same]!, b![same]!)) same++
    if (!asks(a!.slice(0, same)) && asks(a!) && asks(b!)) this.tell('prompts-differ')
    // Two like talks, or one that is the beginning of the other, part before the last answer all the same.
    same = Math.min(same, lastBy(a!, 'assistant'), lastBy(b!, 'assistant'))
    return { chosen: cut(a!, same), rejected: cut(b!, same) }
  }
}
