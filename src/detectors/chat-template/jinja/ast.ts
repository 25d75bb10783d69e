/** Place in the source, [start, end). */
export interface Place {
  readonly start: number
  readonly end: number
}

/** An expression of Jinja. */
export type Expression = Place &
  (
    | { readonly type: 'text'; readonly value: string }
    | { readonly type: 'number'; readonly value: number }
    | { readonly type: 'word'; readonly value: boolean | null }
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'list'; readonly items: readonly Expression[] }
    | { readonly type: 'dict'; readonly pairs: readonly (readonly [Expression, Expression])[] }
    | { readonly type: 'member'; readonly object: Expression; readonly name: string }
    | { readonly type: 'index'; readonly object: Expression; readonly key: Expression }
    | { readonly type: 'slice'; readonly object: Expression; readonly parts: readonly (Expression | null)[] }
    | ({ readonly type: 'call'; readonly callee: Expression } & Arguments)
    | ({ readonly type: 'filter'; readonly operand: Expression; readonly name: string } & Arguments)
    | ({ readonly type: 'test'; readonly operand: Expression; readonly name: string } & Arguments)
    | { readonly type: 'unary'; readonly operator: string; readonly value: Expression }
    | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | {
        readonly type: 'choice'
        readonly test: Expression
        readonly chosen: Expression
        readonly other: Expression | null
      }
  )

/** What a call, a filter or a test is given. */
export interface Arguments {
  readonly args: readonly Expression[]
  readonly named: readonly { readonly name: string; readonly value: Expression }[]
}

/** A statement of Jinja, or text between statements. */
export type Statement = Place &
  (
    | { readonly type: 'data'; readonly text: string }
    | { readonly type: 'output'; readonly value: Expression }
    | { readonly type: 'if'; readonly test: Expression; readonly body: Body; readonly other: Body }
    | {
        readonly type: 'for'
        readonly targets: readonly Expression[]
        readonly over: Expression
        readonly test: Expression | null
        readonly body: Body
        readonly other: Body
      }
    | {
        readonly type: 'set'
        readonly targets: readonly Expression[]
        readonly value: Expression | null
        readonly body: Body
      }
    | { readonly type: 'macro'; readonly name: string; readonly parameters: readonly Parameter[]; readonly body: Body }
    /** Calls something with a body, or filters a body. */
    | { readonly type: 'apply'; readonly value: Expression; readonly body: Body }
    /** Takes another template in. */
    | { readonly type: 'load'; readonly how: string; readonly value: Expression }
    | { readonly type: 'do'; readonly value: Expression }
    | { readonly type: 'block'; readonly body: Body }
  )

export type Body = readonly Statement[]

export interface Parameter {
  readonly name: string
  readonly value: Expression | null
}

/** The source is no template that Jinja would take, or is beyond what is followed. */
export class TemplateFault extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}
