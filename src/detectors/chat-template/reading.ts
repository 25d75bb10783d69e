import { areTools, needs, pathOf } from './conditions.ts'
import { Evaluator } from './evaluator.ts'
import type { Arguments, Body, Expression, Parameter, Place, Statement } from './jinja/ast.ts'
import {
  concatenated,
  constantOf,
  either,
  type Gate,
  gated,
  has,
  isSaid,
  type Kind,
  type Known,
  ofKind,
  unknown,
} from './known.ts'
import { pairsOf, partKinds } from './parts.ts'
import type { Sightings } from './sighting.ts'

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>

/** A part of what the template writes: literal text, or what comes from somewhere. */
export interface Emission extends Place {
  /** Texts that it can be; null when it is nothing but what comes from somewhere. */
  readonly texts: readonly string[] | null
  readonly kinds: ReadonlySet<Kind>
  readonly gates: readonly Gate[]
  /** Roles of the messages for which it is written, when the branch says so. */
  readonly roles: readonly string[] | null
  /** Written only when tools or documents are given. */
  readonly tools: boolean
  /** Written to make the model begin its answer. */
  readonly prompt: boolean
  /** Written before anything of the conversation, only when tools are given: it tells what they are. */
  readonly ahead: boolean
  /** Number of the branch on roles that it stands in; 0 for none. */
  readonly branch: number
}

/** Where the walk stands. */
interface State {
  readonly gates: readonly Gate[]
  readonly roles: readonly string[] | null
  readonly tools: boolean
  /** Never taken without tools. */
  readonly given: boolean
  /** Goes through something else than tools. */
  readonly turns: boolean
  readonly prompt: boolean
  readonly branch: number
}

const outermost: State = { gates: [], roles: null, tools: false, given: false, turns: false, prompt: false, branch: 0 }
/** What a template means is known after so many rounds: variables are set before or after they are used. */
const rounds = 3
const mostMacros = 6

/** Reads a template without running it: what it writes, under which questions, and what it reaches for. */
export class Reading extends Evaluator {
  readonly emissions: Emission[] = []
  /** Every question that a branch asks. */
  readonly questions: Gate[] = []
  private readonly macros = new Map<string, { parameters: readonly Parameter[]; body: Body }>()
  private readonly calling: string[] = []
  private state = outermost
  private branches = 0
  private sinks: Known[][] = []
  /** Something of the conversation was written. */
  private begun = false
  /** What is written now may be kept, and written again later. */
  private keeping = false
  /** What macros made, by their name and where the walk stood. */
  private readonly walked = new Map<string, Known>()

  constructor(body: Body) {
    super()
    for (let round = 0; round < rounds; round++) {
      this.emissions.length = 0
      this.questions.length = 0
      this.sightings.forget()
      this.walked.clear()
      this.steps = 0
      this.branches = 0
      this.begun = false
      this.walk(body, outermost)
    }
  }

  seen(): Sightings {
    return this.sightings
  }

  private walk(body: Body, state: State): void {
    const before = this.state
    this.state = state
    for (const statement of body) {
      if (this.exhausted) break
      this.statement(statement)
    }
    this.state = before
  }

  private statement(s: Statement): void {
    if (s.type === 'data') this.emit(s, constantOf(s.text))
    else if (s.type === 'output') this.output(s.value)
    else if (s.type === 'if') this.branch(s)
    else if (s.type === 'for') this.loop(s)
    else if (s.type === 'set') this.kept(() => this.set(s))
    else if (s.type === 'macro') this.define(s)
    else if (s.type === 'apply')
      this.kept(() => {
        this.value(s.value)
        this.walk(s.body, this.state)
      })
    else if (s.type === 'load') {
      this.value(s.value)
      this.see('load', 'hold', { ...s.value, start: s.start, end: s.end }, s.how)
    } else if (s.type === 'do') this.kept(() => this.change(s.value))
    else this.walk(s.body, this.state)
  }

  private emit({ start, end }: Place, known: Known): void {
    for (const sink of this.sinks.slice(-1)) if (sink.length < 200) sink.push(known)
    const { gates, ...where } = this.state
    if (isSaid(known) || (where.turns && known.texts === null)) this.begun = true
    const ahead = where.given && !this.begun && !this.keeping
    const texts = known.texts ?? (known.kinds.size === 0 && known.pieces !== '' ? [known.pieces] : null)
    this.emissions.push({ texts, kinds: known.kinds, gates: [...gates, ...known.gates], ...where, ahead, start, end })
  }

  private kept(run: () => void): void {
    const before = this.keeping
    this.keeping = true
    run()
    this.keeping = before
  }

  /** Writes an expression part by part, in order. */
  private output(x: Expression): void {
    const isPlain = x.type === 'call' && x.callee.type === 'name' && x.args.every(each => pathOf(each) !== null)
    if (isPlain && x.named.length === 0) this.change(x)
    else this.kept(() => this.change(x))
    this.parts(x)
  }

  private parts(x: Expression): void {
    if (x.type === 'binary' && (x.operator === '+' || x.operator === '~')) {
      this.parts(x.left)
      this.parts(x.right)
    } else if (x.type === 'choice') {
      const { gates } = this.value(x.test)
      this.questions.push(...gates)
      const before = this.state
      this.state = { ...before, gates: [...before.gates, ...gates] }
      this.parts(x.chosen)
      if (x.other) this.parts(x.other)
      this.state = before
    } else if (x.type === 'filter' && /^(trim|safe|string|indent|e|escape)$/.test(x.name)) this.parts(x.operand)
    else if (x.type !== 'call' || !(x.callee.type === 'name' && this.macros.has(x.callee.name)))
      this.emit(x, this.value(x))
  }

  /** An expression that may change a list: what is appended is in it. */
  private change(x: Expression): void {
    this.value(x)
    if (x.type !== 'call' || x.callee.type !== 'member' || x.callee.object.type !== 'name') return
    if (!/^(append|extend|insert|update|setdefault)$/.test(x.callee.name)) return
    for (const each of x.args) this.assign(x.callee.object.name, { ...this.value(each), texts: null })
  }

  private branch(s: Of<'if'>): void {
    const test = this.value(s.test)
    const { state } = this
    const roles = this.rolesOf(s.test)
    this.questions.push(...test.gates)
    const tools = state.tools || has(test, 'tools')
    const gates = test.gates.length === 0 ? state.gates : [...state.gates, ...test.gates].slice(-24)
    const given = state.given || needs(s.test, name => areTools(this.value(name)))
    const inner = { ...state, gates, tools, given, prompt: state.prompt || has(test, 'prompt') }
    this.walk(s.body, roles ? { ...inner, roles, branch: ++this.branches } : inner)
    this.walk(s.other, { ...state, gates, tools })
  }

  /** Roles that a test asks for, when it asks for nothing else of them. */
  private rolesOf(x: Expression): string[] | null {
    if (x.type !== 'binary') return null
    if (x.operator === 'and') return this.rolesOf(x.left) ?? this.rolesOf(x.right)
    const left = this.value(x.left)
    const right = this.value(x.right)
    if (x.operator === 'or') {
      const [a, b] = [this.rolesOf(x.left), this.rolesOf(x.right)]
      return a && b ? [...a, ...b] : null
    }
    if (x.operator !== '==' && x.operator !== 'in') return null
    const other = has(left, 'role') ? right : has(right, 'role') ? left : null
    return other ? [...(other.texts ?? []), ...(other.items ?? []).flatMap(item => item.texts ?? [])] : null
  }

  private loop(s: Of<'for'>): void {
    const over = this.value(s.over)
    const kinds = partKinds(over)
    const items = over.items ? either(...over.items) : null
    for (const target of s.targets)
      if (target.type === 'name') {
        this.looped.add(target.name)
        this.assign(target.name, s.targets.length > 1 ? pairsOf(over) : (items ?? gated(ofKind(...kinds), over.gates)))
      }
    const gates = s.test ? this.value(s.test).gates : []
    this.questions.push(...gates)
    const { state } = this
    this.walk(s.body, {
      ...state,
      gates: [...state.gates, ...gates].slice(-24),
      tools: state.tools || has(over, 'tools'),
      turns: state.turns || !has(over, 'tools') || isSaid(over),
    })
    this.walk(s.other, state)
  }

  private set(s: Of<'set'>): void {
    const known = s.value ? this.value(s.value) : this.captured(() => this.walk(s.body, this.state))
    if (s.value && this.state.gates.length + known.gates.length > 0 && known.texts) this.emitSet(s, known)
    const parts = s.targets.length > 1 ? (known.items ?? []) : [known]
    for (const [k, target] of s.targets.entries()) {
      const value = gated(parts[k] ?? unknown, this.state.gates)
      if (target.type === 'name') this.assign(target.name, value)
      else if (target.type === 'member' && target.object.type === 'name')
        this.assign(`${target.object.name}.${target.name}`, value)
      if (target.type === 'name' && s.value?.type === 'call')
        for (const field of s.value.named) this.assign(`${target.name}.${field.name}`, this.value(field.value))
    }
  }

  /** A text that is kept for later under a question counts as written there. */
  private emitSet(place: Place, known: Known): void {
    const { start, end } = place
    const texts = known.texts!.filter(text => !/^(true|false|none|-?\d+)?$/.test(text))
    if (texts.length > 0)
      this.emissions.push({
        ...this.state,
        ahead: false,
        texts,
        kinds: known.kinds,
        gates: [...this.state.gates, ...known.gates],
        start,
        end,
      })
  }

  private captured(run: () => void): Known {
    this.sinks.push([])
    run()
    const parts = this.sinks.pop()!
    return parts.length === 0 ? unknown : concatenated(parts)
  }

  /** Names that a macro sets are its own; fields of a namespace are everybody's. */
  private assign(name: string, value: Known): void {
    const key = name.includes('.') ? name : this.scoped(name)
    const known = this.variables.get(key)
    this.variables.set(key, known ? either(known, value) : value)
  }

  private scoped = (name: string): string => (this.calling.length > 0 ? `${this.calling.at(-1)} ${name}` : name)

  protected variable(name: string): Known | undefined {
    return this.variables.get(this.scoped(name)) ?? this.variables.get(name)
  }

  private define(s: Of<'macro'>): void {
    this.macros.set(s.name, s)
    const values = s.parameters.map(({ value }) => (value ? this.value(value) : unknown))
    const { begun } = this
    this.calling.push(s.name)
    for (const [k, { name }] of s.parameters.entries()) this.assign(name, values[k]!)
    this.captured(() => this.walk(s.body, this.state))
    this.calling.pop()
    this.begun = begun
  }

  protected macro(name: string, { args, named }: Arguments): Known | null {
    const macro = this.macros.get(name)
    if (!macro) return null
    const values = macro.parameters.map(({ name: own }, k) => {
      const given = args[k] ?? named.find(each => each.name === own)?.value
      return given ? this.value(given) : unknown
    })
    const { gates, ...where } = this.state
    const key = JSON.stringify([name, gates.map(gate => gate.start), where, this.begun, this.keeping])
    const known = this.walked.get(key)
    if (known || this.calling.includes(name) || this.calling.length >= mostMacros) return known ?? unknown
    this.calling.push(name)
    for (const [k, parameter] of macro.parameters.entries()) this.assign(parameter.name, values[k]!)
    const made = this.captured(() => this.walk(macro.body, this.state))
    this.calling.pop()
    this.walked.set(key, made)
    return made
  }
}
