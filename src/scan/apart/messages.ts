import type { AnyRequest, Claim, Column, Figure, Part, Role } from '../../core/index.ts'

/** What the thread of a detector is told at its start. */
export interface Start {
  readonly detector: string
  readonly options: unknown
  readonly seed: number
  readonly baseline?: Readonly<Record<string, unknown>>
  readonly table: {
    readonly name: string
    readonly parts: readonly Part[]
    readonly columns: readonly Column[]
    readonly roles: readonly Role[]
  }
}

/** What a detector says in its thread: questions by number, what it claims and adds, and its end. */
export type Said =
  | { readonly kind: 'ask'; readonly number: number; readonly requests: Readonly<Record<string, AnyRequest>> }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'unjudged'; readonly sentence: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }

/** The answers to a question, or why there are none. */
export type Told =
  | { readonly number: number; readonly answers: Readonly<Record<string, unknown>> }
  | { readonly number: number; readonly failed: string }
