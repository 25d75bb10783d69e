import { type Body, type Expression, type Parameter, type Statement, TemplateFault } from './ast.ts'
import { Expressions } from './expressions.ts'
import { tokensOf } from './lexer.ts'

/** Blocks in blocks; people write a third of it. */
const mostDepth = 60
const mostElse = 500
/** Statements that hold others and say nothing about them. */
const wrappers = new Set(['block', 'with', 'autoescape', 'generation', 'trans', 'raw'])

/**
 * Reads a template.
 * @throws TemplateFault when Jinja would not take it, or it is nested beyond measure
 */
export function parseTemplate(source: string): Body {
  return new Parser(tokensOf(source), source.length).template()
}

class Parser extends Expressions {
  private blocks = 0

  template(): Body {
    const { body } = this.body([])
    return body
  }

  /** Statements up to one of the words that end them; the word is taken. */
  private body(ends: readonly string[]): { body: Statement[]; end: string } {
    if (++this.blocks > mostDepth) throw new TemplateFault('blocks are nested too deeply', this.next?.start ?? 0)
    const body: Statement[] = []
    for (;;) {
      const token = this.next
      if (!token) {
        if (ends.length > 0) throw this.wrong(`"${ends.at(-1)}"`)
        this.blocks--
        return { body, end: '' }
      }
      this.at++
      if (token.kind === 'data') body.push({ type: 'data', text: token.value, start: token.start, end: token.end })
      else if (token.value === '{{') body.push(this.output(token.start))
      else {
        const word = this.name()
        if (ends.includes(word)) {
          this.blocks--
          return { body, end: word }
        }
        body.push(this.statement(word, token.start))
      }
    }
  }

  private output(start: number): Statement {
    const value = this.tuple()
    this.close()
    return { type: 'output', value, start, end: this.behind }
  }

  private close(): void {
    if (this.next?.kind !== 'close') throw this.wrong('the end of the tag')
    this.at++
  }

  private statement(word: string, start: number): Statement {
    if (word === 'if') return this.branch(start)
    if (word === 'for') return this.loop(start)
    if (word === 'set') return this.set(start)
    if (word === 'macro') return this.macro(start)
    if (word === 'call' || word === 'filter') return this.apply(word, start)
    if (word === 'include' || word === 'import' || word === 'extends' || word === 'from') return this.load(word, start)
    if (wrappers.has(word)) return this.wrapper(word, start)
    if (word === 'do') {
      const value = this.tuple()
      this.close()
      return { type: 'do', value, start, end: this.behind }
    }
    if (word === 'break' || word === 'continue') {
      this.close()
      return { type: 'block', body: [], start, end: this.behind }
    }
    this.at--
    throw this.wrong('a statement')
  }

  private branch(start: number): Statement {
    const tests: { test: Expression; body: Body; start: number }[] = []
    let last: Body = []
    let end = 'elif'
    for (let at = start; end === 'elif'; at = this.behind) {
      if (tests.length > mostElse) throw new TemplateFault('a branch has too many arms', start)
      const test = this.tuple()
      this.close()
      const arm = this.body(['elif', 'else', 'endif'])
      tests.push({ test, body: arm.body, start: at })
      end = arm.end
    }
    if (end === 'else') {
      this.close()
      last = this.body(['endif']).body
    }
    this.close()
    for (const { test, body, start: from } of tests.reverse())
      last = [{ type: 'if', test, body, other: last, start: from, end: this.behind }]
    return last[0]!
  }

  private targets(): Expression[] {
    const value = this.tuple(false)
    return value.type === 'list' ? [...value.items] : [value]
  }

  private loop(start: number): Statement {
    const targets = this.loopTargets()
    this.need('in', 'name')
    const over = this.tuple(false)
    const test = this.take('if', 'name') ? this.expression() : null
    this.take('recursive', 'name')
    this.close()
    const { body, end } = this.body(['else', 'endfor'])
    if (end === 'else') this.close()
    const other = end === 'else' ? this.body(['endfor']).body : []
    this.close()
    return { type: 'for', targets, over, test, body, other, start, end: this.behind }
  }

  private loopTargets(): Expression[] {
    const targets: Expression[] = []
    const bracketed = this.take('(')
    do {
      const start = this.next?.start ?? 0
      targets.push({ type: 'name', name: this.name(), start, end: this.behind })
    } while (this.take(','))
    if (bracketed) this.need(')')
    return targets
  }

  private set(start: number): Statement {
    const targets = this.targets()
    if (this.take('=')) {
      const value = this.tuple()
      this.close()
      return { type: 'set', targets, value, body: [], start, end: this.behind }
    }
    this.close()
    const { body } = this.body(['endset'])
    this.close()
    return { type: 'set', targets, value: null, body, start, end: this.behind }
  }

  private parameters(): Parameter[] {
    const parameters: Parameter[] = []
    this.need('(')
    while (!this.take(')')) {
      if (parameters.length > 0) this.need(',')
      if (this.take(')')) break
      const name = this.name()
      parameters.push({ name, value: this.take('=') ? this.expression() : null })
    }
    return parameters
  }

  private macro(start: number): Statement {
    const name = this.name()
    const parameters = this.parameters()
    this.close()
    const { body } = this.body(['endmacro'])
    if (this.next?.kind === 'name') this.at++
    this.close()
    return { type: 'macro', name, parameters, body, start, end: this.behind }
  }

  private apply(word: string, start: number): Statement {
    if (word === 'call' && this.is('(')) this.parameters()
    const empty: Expression = { type: 'text', value: '', start, end: start }
    const value = word === 'call' ? this.expression() : this.filter(empty)
    this.close()
    const { body } = this.body([`end${word}`])
    this.close()
    return { type: 'apply', value, body, start, end: this.behind }
  }

  private load(how: string, start: number): Statement {
    const value = this.expression()
    while (this.next && this.next.kind !== 'close') this.at++
    this.close()
    return { type: 'load', how, value, start, end: this.behind }
  }

  /** What stands in the tag of a wrapper are names and values that it sets. */
  private wrapper(word: string, start: number): Statement {
    const sets: Statement[] = []
    while (this.next && this.next.kind !== 'close') {
      if (word === 'with' && this.is('=', 'sign', 1)) {
        const targets = this.targets()
        this.need('=')
        sets.push({ type: 'set', targets, value: this.expression(), body: [], start, end: this.behind })
      } else this.at++
    }
    this.close()
    const { body } = this.body([`end${word}`])
    while (this.next && this.next.kind !== 'close') this.at++
    this.close()
    return { type: 'block', body: [...sets, ...body], start, end: this.behind }
  }
}
