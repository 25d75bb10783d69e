import { type Arguments, type Expression, TemplateFault } from './ast.ts'
import type { Token } from './lexer.ts'

/** Expressions in expressions, and links of one chain; people write a tenth of it. */
const mostDepth = 60
const mostChain = 300

const comparisons = new Set(['==', '!=', '<', '>', '<=', '>='])
const words = new Map<string, boolean | null>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])
/** What may not begin the argument of a test that is written without brackets. */
const noArgument = new Set(['else', 'or', 'and', 'is', 'if', 'not', 'in'])

/** Reads expressions with the precedence of Jinja. */
export class Expressions {
  protected readonly tokens: readonly Token[]
  protected at = 0
  private depth = 0
  private readonly size: number

  constructor(tokens: readonly Token[], size: number) {
    this.tokens = tokens
    this.size = size
  }

  protected get next(): Token | undefined {
    return this.tokens[this.at]
  }

  protected is(value: string, kind: Token['kind'] = 'sign', ahead = 0): boolean {
    const token = this.tokens[this.at + ahead]
    return token?.kind === kind && token.value === value
  }

  protected take(value: string, kind: Token['kind'] = 'sign'): boolean {
    const found = this.is(value, kind)
    if (found) this.at++
    return found
  }

  protected need(value: string, kind: Token['kind'] = 'sign'): void {
    if (!this.take(value, kind)) throw this.wrong(`"${value}"`)
  }

  protected name(): string {
    const token = this.next
    if (token?.kind !== 'name') throw this.wrong('a name')
    this.at++
    return token.value
  }

  protected wrong(wanted: string): TemplateFault {
    const token = this.next
    const found = token ? `is ${JSON.stringify(token.value.slice(0, 40))}` : 'ends the template'
    return new TemplateFault(`where ${wanted} must be, ${found}`, token?.start ?? this.size)
  }

  protected get behind(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  /** Expressions with commas between them are one tuple. */
  protected tuple(conditional = true): Expression {
    const start = this.next?.start ?? this.size
    const first = conditional ? this.expression() : this.either()
    if (!this.is(',')) return first
    const items = [first]
    while (this.take(',')) {
      if (this.next?.kind === 'close' || this.is(')') || this.is('=') || this.is('in', 'name')) break
      items.push(conditional ? this.expression() : this.either())
    }
    return { type: 'list', items, start, end: this.behind }
  }

  protected expression(): Expression {
    if (++this.depth > mostDepth) throw new TemplateFault('an expression is nested too deeply', this.next?.start ?? 0)
    let value = this.either()
    for (let links = 0; this.take('if', 'name'); links++) {
      if (links > mostChain) throw new TemplateFault('an expression is too long', value.start)
      const test = this.either()
      const other = this.take('else', 'name') ? this.expression() : null
      value = { type: 'choice', test, chosen: value, other, start: value.start, end: this.behind }
    }
    this.depth--
    return value
  }

  private chain(operand: () => Expression, operator: () => string | null): Expression {
    let left = operand()
    for (let links = 0; ; links++) {
      const found = operator()
      if (found === null) return left
      if (links > mostChain) throw new TemplateFault('an expression is too long', left.start)
      const right = operand()
      left = { type: 'binary', operator: found, left, right, start: left.start, end: right.end }
    }
  }

  private oneOf(...signs: readonly string[]): string | null {
    return signs.find(sign => this.take(sign)) ?? null
  }

  protected either = (): Expression => this.chain(this.both, () => (this.take('or', 'name') ? 'or' : null))
  private both = (): Expression => this.chain(this.negation, () => (this.take('and', 'name') ? 'and' : null))
  private negation = (): Expression => {
    const start = this.next?.start ?? this.size
    let count = 0
    while (this.take('not', 'name')) count++
    const value = this.comparison()
    return count === 0 ? value : { type: 'unary', operator: 'not', value, start, end: value.end }
  }
  private comparison = (): Expression =>
    this.chain(this.sum, () => {
      if (this.next?.kind === 'sign' && comparisons.has(this.next.value)) return this.tokens[this.at++]!.value
      if (this.take('in', 'name')) return 'in'
      if (!this.is('not', 'name') || !this.is('in', 'name', 1)) return null
      this.at += 2
      return 'not in'
    })
  private sum = (): Expression => this.chain(this.concatenation, () => this.oneOf('+', '-'))
  private concatenation = (): Expression => this.chain(this.product, () => this.oneOf('~'))
  private product = (): Expression => this.chain(this.power, () => this.oneOf('*', '/', '//', '%'))
  private power = (): Expression =>
    this.chain(
      () => this.signed(true),
      () => this.oneOf('**'),
    )

  private signed(filtered: boolean): Expression {
    const start = this.next?.start ?? this.size
    const operator = this.oneOf('-', '+')
    if (++this.depth > mostDepth) throw new TemplateFault('an expression is nested too deeply', start)
    const value = operator === null ? this.primary() : this.signed(false)
    this.depth--
    const whole: Expression = operator === null ? value : { type: 'unary', operator, value, start, end: value.end }
    return filtered ? this.filtered(this.postfix(whole)) : this.postfix(whole)
  }

  private primary(): Expression {
    const token = this.next
    if (!token) throw this.wrong('an expression')
    const { start, end, value } = token
    this.at++
    if (token.kind === 'text') return this.texts(value, start)
    if (token.kind === 'number') return { type: 'number', value: Number(value.replaceAll('_', '')), start, end }
    if (token.kind === 'name') {
      const word = words.get(value)
      return word === undefined ? { type: 'name', name: value, start, end } : { type: 'word', value: word, start, end }
    }
    if (token.kind === 'sign' && value === '(') return this.bracketed(start)
    if (token.kind === 'sign' && value === '[') return { type: 'list', items: this.until(']'), start, end: this.behind }
    if (token.kind === 'sign' && value === '{') return this.dict(start)
    this.at--
    throw this.wrong('an expression')
  }

  /** Texts side by side are one. */
  private texts(first: string, start: number): Expression {
    const parts = [first]
    for (let token = this.next; token?.kind === 'text'; token = this.next) {
      parts.push(token.value)
      this.at++
    }
    return { type: 'text', value: parts.join(''), start, end: this.behind }
  }

  private bracketed(start: number): Expression {
    if (this.take(')')) return { type: 'list', items: [], start, end: this.behind }
    const value = this.tuple()
    this.need(')')
    return value
  }

  private until(close: string): Expression[] {
    const items: Expression[] = []
    while (!this.take(close)) {
      if (items.length > 0) this.need(',')
      if (this.take(close)) break
      items.push(this.expression())
    }
    return items
  }

  private dict(start: number): Expression {
    const pairs: [Expression, Expression][] = []
    while (!this.take('}')) {
      if (pairs.length > 0) this.need(',')
      if (this.take('}')) break
      const key = this.expression()
      this.need(':')
      pairs.push([key, this.expression()])
    }
    return { type: 'dict', pairs, start, end: this.behind }
  }

  private postfix(first: Expression): Expression {
    let value = first
    for (let links = 0; ; links++) {
      if (links > mostChain) throw new TemplateFault('an expression is too long', first.start)
      if (this.take('.')) value = this.member(value)
      else if (this.take('[')) value = this.subscript(value)
      else if (this.take('('))
        value = { type: 'call', callee: value, ...this.arguments(), start: value.start, end: this.behind }
      else return value
    }
  }

  private member(object: Expression): Expression {
    const token = this.next
    if (token?.kind !== 'name' && token?.kind !== 'number') throw this.wrong('the name of an attribute')
    this.at++
    return { type: 'member', object, name: token.value, start: object.start, end: token.end }
  }

  private subscript(object: Expression): Expression {
    const parts: (Expression | null)[] = [null]
    let sliced = false
    while (!this.take(']')) {
      if (this.take(':')) {
        sliced = true
        parts.push(null)
      } else parts[parts.length - 1] = this.tuple()
      if (!this.next) throw this.wrong('"]"')
    }
    const place = { start: object.start, end: this.behind }
    if (sliced) return { type: 'slice', object, parts, ...place }
    if (!parts[0]) throw this.wrong('a subscript')
    return { type: 'index', object, key: parts[0], ...place }
  }

  protected arguments(): Arguments {
    const args: Expression[] = []
    const named: { name: string; value: Expression }[] = []
    while (!this.take(')')) {
      if (args.length + named.length > 0) this.need(',')
      if (this.take(')')) break
      if (this.take('*') || this.take('**')) args.push(this.expression())
      else if (this.next?.kind === 'name' && this.is('=', 'sign', 1)) {
        const name = this.name()
        this.need('=')
        named.push({ name, value: this.expression() })
      } else args.push(this.expression())
    }
    return { args, named }
  }

  private filtered(first: Expression): Expression {
    let value = first
    for (let links = 0; ; links++) {
      if (links > mostChain) throw new TemplateFault('an expression is too long', first.start)
      if (this.take('|')) value = this.filter(value)
      else if (this.take('is', 'name')) value = this.test(value)
      else if (this.is('(')) value = this.postfix(value)
      else return value
    }
  }

  protected filter(operand: Expression): Expression {
    const name = this.dotted()
    const given = this.take('(') ? this.arguments() : { args: [], named: [] }
    return { type: 'filter', operand, name, ...given, start: operand.start, end: this.behind }
  }

  private dotted(): string {
    let name = this.name()
    while (this.take('.')) name += `.${this.name()}`
    return name
  }

  private test(operand: Expression): Expression {
    const negated = this.take('not', 'name')
    const name = this.dotted()
    const test: Expression = { type: 'test', operand, name, ...this.tested(), start: operand.start, end: this.behind }
    return negated ? { type: 'unary', operator: 'not', value: test, start: operand.start, end: this.behind } : test
  }

  private tested(): Arguments {
    if (this.take('(')) return this.arguments()
    const token = this.next
    const begins =
      token?.kind === 'text' ||
      token?.kind === 'number' ||
      (token?.kind === 'name' && !noArgument.has(token.value)) ||
      (token?.kind === 'sign' && (token.value === '[' || token.value === '{'))
    return { args: begins ? [this.postfix(this.primary())] : [], named: [] }
  }
}
