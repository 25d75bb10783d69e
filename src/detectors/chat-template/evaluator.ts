import { keyTests } from './conditions.ts'
import { folded, formatted, sliced } from './fold.ts'
import type { Arguments, Expression } from './jinja/ast.ts'
import { constantOf, either, type Gate, gated, has, type Known, ofKind, unknown } from './known.ts'
import { filters, functions, isEnd, isLadder, ladderIn, lures, methods, partKeys, roots, tests } from './names.ts'
import { added, answer, fieldsOf, keptIn, kindOf, longestOf, partOf, repeated, rewriteOf } from './parts.ts'
import { asking, questionOf } from './questions.ts'
import { type Rule, Sightings } from './sighting.ts'

type Of<T extends Expression['type']> = Extract<Expression, { type: T }>

/** Statements and expressions that are walked in one round, macros in macros included: twenty times what people write. */
const mostSteps = 30_000
/** Loops longer than this only keep a server busy. */
const longLoop = 100_000
/** Filters that take an attribute of each part by name. */
const byAttribute = new Set(['map', 'selectattr', 'rejectattr', 'sort', 'groupby', 'sum', 'unique', 'min', 'max'])

/** Knows of each expression what it can be, and sees what reaches beyond the conversation. */
export abstract class Evaluator {
  protected readonly variables = new Map<string, Known>()
  protected readonly sightings = new Sightings()
  /** Names that loops give to the parts of something. */
  protected readonly looped = new Set<string>()
  /** Questions that only look for a key. */
  private readonly keyed = new Set<Expression>()

  /** Not all of it was followed. */
  exhausted = false
  protected steps = 0

  protected abstract variable(name: string): Known | undefined

  /** Runs a macro of the template on what it is given; null when there is none of that name. */
  protected abstract macro(name: string, given: Arguments): Known | null

  protected see(rule: Rule, severity: 'hold' | 'block', { start, end }: Expression, what: string): void {
    this.sightings.add({ rule, severity, start, end, what: what.slice(0, 160) })
  }

  value(expression: Expression): Known {
    if (++this.steps > mostSteps) this.exhausted = true
    if (this.exhausted) return unknown
    const known = this.plainValue(expression)
    for (const text of known.texts ?? []) {
      const name = text.includes('__') ? ladderIn(text) : null
      if (name) this.see('spelled', 'block', expression, name)
    }
    return known
  }

  private plainValue(x: Expression): Known {
    if (x.type === 'text') return constantOf(x.value)
    if (x.type === 'number') return constantOf(String(x.value))
    if (x.type === 'word') return constantOf(x.value === null ? 'none' : String(x.value))
    if (x.type === 'name') return this.name(x)
    if (x.type === 'list') return this.list(x)
    if (x.type === 'dict') return this.dict(x)
    if (x.type === 'member') return this.attribute(this.value(x.object), x.name, x)
    if (x.type === 'index') return this.index(x)
    if (x.type === 'slice') return this.slice(x)
    if (x.type === 'call') return this.call(x)
    if (x.type === 'filter') return this.filter(x)
    if (x.type === 'test') return this.test(x)
    if (x.type === 'unary') return this.unary(x)
    if (x.type === 'binary') return this.binary(x)
    return this.choice(x)
  }

  private name(x: Of<'name'>): Known {
    const known = this.variable(x.name)
    if (known)
      return /tool|function/i.test(x.name) ? { ...known, kinds: new Set([...known.kinds, 'tools' as const]) } : known
    if (isLadder(x.name)) this.see('climb', 'block', x, x.name)
    else if (lures.has(x.name)) this.see('lure', 'hold', x, x.name)
    const root = Object.hasOwn(roots, x.name) ? roots[x.name] : /tool|function/i.test(x.name) ? 'tools' : undefined
    return root ? ofKind(root) : unknown
  }

  private list(x: Of<'list'>): Known {
    const items = x.items.map(item => this.value(item))
    const all = either(...items)
    return { ...all, texts: null, items }
  }

  private dict(x: Of<'dict'>): Known {
    const keys = x.pairs.flatMap(([key]) => this.value(key).texts ?? [])
    const all = either(...x.pairs.map(([, value]) => this.value(value)))
    return { ...all, texts: null, keys }
  }

  /** What a name leads to from an object. */
  private attribute(object: Known, name: string, x: Expression): Known {
    if (isLadder(name)) this.see('climb', 'block', x, name)
    const stored =
      x.type === 'member' && x.object.type === 'name' ? this.variables.get(`${x.object.name}.${name}`) : undefined
    if (stored) return stored
    if (has(object, 'loop')) return name === 'first' || name === 'last' ? unknown : ofKind('count')
    const kind = kindOf(object, name) ?? keptIn(object, name)
    return kind ? gated(ofKind(kind), object.gates) : gated(unknown, object.gates)
  }

  private index(x: Of<'index'>): Known {
    const object = this.value(x.object)
    const key = this.value(x.key)
    if (key.texts === null) this.computed(key, x)
    const isNumber = key.texts?.every(text => /^-?\d+$/.test(text))
    if (isNumber && object.items?.length) return object.items.at(Number(key.texts![0])) ?? unknown
    if (isNumber || key.texts === null) return partOf(object, key, x)
    return either(...key.texts.map(name => this.attribute(object, name, x)))
  }

  /** A name that is put together where nobody can see it. */
  private computed(key: Known, x: Expression): void {
    if (key.made && /_{2}|class|init|glob|builtin|subcl|import|mro/.test(key.pieces))
      this.see('spelled', 'block', x, key.pieces)
  }

  private slice(x: Of<'slice'>): Known {
    const parts = x.parts.map(part => {
      const text = part ? this.value(part).texts?.[0] : null
      return text === null ? null : text === undefined || !/^-?\d+$/.test(text) ? undefined : Number(text)
    })
    return sliced(this.value(x.object), parts)
  }

  private given({ args, named }: Arguments): Known[] {
    return [...args, ...named.map(each => each.value)].map(each => this.value(each))
  }

  private call(x: Of<'call'>): Known {
    if (x.callee.type === 'name') return this.function(x, x.callee.name)
    const given = this.given(x)
    if (x.callee.type !== 'member') {
      this.value(x.callee)
      if (x.callee.type === 'index') this.see('calls', 'block', x, 'what a subscript gives')
      else this.see('calls', 'hold', x, 'what an expression gives')
      return unknown
    }
    const object = this.value(x.callee.object)
    return this.method(x, object, x.callee.name, given)
  }

  private function(x: Of<'call'>, name: string): Known {
    const made = this.macro(name, x)
    if (made) return made
    const given = this.given(x)
    if (name === 'dict') return { ...either(...given), texts: null, keys: x.named.map(each => each.name) }
    if (name === 'range' && longestOf(given) > longLoop) this.see('endless', 'hold', x, `range of ${longestOf(given)}`)
    if (name === 'strftime_now') return ofKind('date')
    const known = this.variable(name)
    if (functions.has(name) || known) return name === 'namespace' ? unknown : (known ?? unknown)
    if (lures.has(name) || isEnd(name)) this.see('calls', 'block', x, name)
    else this.see('unlisted', 'hold', x, `${name}()`)
    return unknown
  }

  private method(x: Of<'call'>, object: Known, name: string, given: readonly Known[]): Known {
    if (isLadder(name)) this.see('climb', 'block', x, name)
    else if (isEnd(name)) this.see('calls', 'block', x, `.${name}()`)
    else if (!methods.has(name) && name !== 'format_map') this.see('unlisted', 'hold', x, `.${name}()`)
    if (name.startsWith('format')) this.fields(object, given, x)
    if (name === 'get' && given[0]) {
      const texts = given[0].texts
      if (texts === null) return partOf(given[1] ? either(object, given[1]) : object, given[0], x)
      return either(...texts.map(text => this.attribute(object, text, x)))
    }
    if (name === 'replace') this.rewrite(object, given, x)
    if (name === 'strftime') return ofKind('date')
    const result = name === 'join' && given[0] ? folded('join', given[0], [object]) : folded(name, object, given)
    const gates = asking.has(name) && given[0] ? questionOf(object, given[0], x) : []
    if (result) return gated(result, gates)
    if (name === 'join') return { ...(given[0] ?? unknown), texts: null, made: true }
    const isText = !/^(startswith|endswith|find|rfind|index|count|is\w+|keys|append|extend|insert|update)$/.test(name)
    return gated(
      isText
        ? { ...object, texts: null, ...(name.endsWith('split') ? { made: true } : {}) }
        : ofKind(...(has(object, 'tools') ? (['tools'] as const) : [])),
      gates,
    )
  }

  private fields(format: Known, given: readonly Known[], x: Expression): void {
    for (const { severity, what } of fieldsOf(format, given)) this.see('fields', severity, x, what)
  }

  private rewrite(object: Known, given: readonly Known[], x: Expression): void {
    const found = rewriteOf(object, given)
    if (found) this.see('rewrites', found.severity, x, found.what)
  }

  private filter(x: Of<'filter'>): Known {
    const operand = this.value(x.operand)
    const given = this.given(x)
    if (x.name === 'attr') return this.attr(operand, given[0], x)
    if (isEnd(x.name) || isLadder(x.name)) this.see('calls', 'block', x, `|${x.name}`)
    else if (!filters.has(x.name)) this.see('unlisted', 'hold', x, `|${x.name}`)
    if (x.name === 'format') this.fields(operand, given, x)
    if (x.name === 'replace') this.rewrite(operand, given, x)
    if (byAttribute.has(x.name)) return this.byAttribute(x, operand, given)
    return this.filtered(x, operand, given)
  }

  private filtered(x: Of<'filter'>, operand: Known, given: readonly Known[]): Known {
    if (x.name === 'default' || x.name === 'd') return either(operand, ...given.slice(0, 1))
    if (x.name === 'length' || x.name === 'count')
      return has(operand, 'tools')
        ? ofKind('tools')
        : has(operand, 'messages', 'content', 'item')
          ? ofKind('count')
          : unknown
    if (x.name === 'select' || x.name === 'reject')
      return gated(operand, given[1] ? questionOf(operand, given[1], x) : [])
    const result = folded(x.name, operand, given)
    const whole = /^(string|tojson|join|safe|escape|e|indent|items|list|dictsort)$/.test(x.name)
    if ((x.name === 'first' || x.name === 'last') && has(operand, 'messages')) return partOf(operand, unknown, x)
    if (result && operand.texts) return result
    if (whole && x.name !== 'list' && has(operand, 'messages', 'message', 'item'))
      return gated(ofKind('content'), operand.gates)
    return result ?? { ...operand, texts: null }
  }

  private attr(operand: Known, name: Known | undefined, x: Expression): Known {
    const texts = name?.texts ?? null
    if (texts === null) this.see('spelled', 'block', x, 'attr() of a name that is computed')
    else this.see('unlisted', 'hold', x, `|attr("${texts[0]}")`)
    return either(...(texts ?? []).map(text => this.attribute(operand, text, x)))
  }

  private byAttribute(x: Of<'filter'>, operand: Known, given: readonly Known[]): Known {
    const named = x.named.find(each => each.name === 'attribute')
    const chosen = named ? this.value(named.value) : x.name === 'map' ? undefined : given[0]
    for (const text of chosen?.texts ?? [])
      for (const part of text.split('.')) if (isLadder(part)) this.see('climb', 'block', x, part)
    if (chosen?.texts === null && chosen.made) this.see('spelled', 'block', x, 'an attribute whose name is computed')
    if (x.name === 'map' && !named) {
      const filter = given[0]?.texts?.[0]
      if (filter === 'attr') return this.attr(operand, given[1], x)
      if (filter !== undefined && !filters.has(filter)) this.see('unlisted', 'hold', x, `|map("${filter}")`)
      return { ...operand, texts: null }
    }
    const part = chosen?.texts?.[0]
    const kind = part === undefined ? null : kindOf(partOf(operand, unknown, x), part)
    if (x.name === 'map') return kind ? gated(ofKind(kind), operand.gates) : unknown
    const asked = kind && given[2] ? questionOf(ofKind(kind), given[2], x) : []
    return gated(operand, asked)
  }

  private test(x: Of<'test'>): Known {
    const operand = this.value(x.operand)
    const given = this.given(x)
    if (!tests.has(x.name)) this.see('unlisted', 'hold', x, `is ${x.name}`)
    const gates = given[0] ? questionOf(operand, given[0], x) : []
    return answer([operand], [...operand.gates, ...gates])
  }

  private unary(x: Of<'unary'>): Known {
    const value = this.value(x.value)
    if (x.operator === 'not') return answer([value], value.gates)
    return x.operator === '-' && value.texts
      ? { ...value, texts: value.texts.map(text => String(-Number(text))) }
      : value
  }

  private binary(x: Of<'binary'>): Known {
    if (x.operator === 'and') for (const each of keyTests(x)) this.keyed.add(each)
    const left = this.value(x.left)
    const right = this.value(x.right)
    if (x.operator === '+' || x.operator === '~') return added(left, right, x.operator)
    if (x.operator === '%' && left.texts && !/^-?\d+$/.test(left.texts[0] ?? '')) {
      this.fields(left, [], x)
      return formatted(left, right.items ?? [right]) ?? unknown
    }
    if (x.operator === '*') return repeated(left, right)
    if (x.operator === 'and') return gated(either(left, gated(right, left.gates)), left.gates)
    if (x.operator === 'or') return either(left, right)
    if (/^(==|!=|<|>|<=|>=|in|not in)$/.test(x.operator)) {
      const gates = [...left.gates, ...right.gates, ...this.question(x, left, right)]
      return answer([left, right], gates)
    }
    return gated(unknown, [...left.gates, ...right.gates])
  }

  /** Parts of a message are asked for their keys. */
  private question(x: Of<'binary'>, left: Known, right: Known): Gate[] {
    if (this.keyed.has(x)) return []
    const isPart = x.right.type === 'name' && this.looped.has(x.right.name)
    if (x.operator.endsWith('in') && isPart && left.texts?.every(text => partKeys.has(text))) return []
    return questionOf(left, right, x, x.operator)
  }

  private choice(x: Of<'choice'>): Known {
    const test = this.value(x.test)
    const then = this.value(x.chosen)
    const other = x.other ? this.value(x.other) : constantOf('')
    return gated(either(then, other), test.gates)
  }
}
