import { TemplateFault } from './ast.ts'
import { decoded } from './strings.ts'

export interface Token {
  readonly kind: 'data' | 'name' | 'text' | 'number' | 'sign' | 'open' | 'close'
  readonly value: string
  readonly start: number
  readonly end: number
}

/** More than any template that people wrote. */
const mostTokens = 100_000
const token =
  /\s+|('(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")|((?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?))|([\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*)|([-+]?%\}|[-+]?\}\}|\*\*|\/\/|==|!=|>=|<=|[-+*/%~[\](){}<>=.:|,;])/uy
const opening = /\{(?:%|\{|#)[-+]?/g
const rawBlock = /\{%[-+]?\s*raw\s*[-+]?%\}/y
const rawEnd = /\{%[-+]?\s*endraw\s*[-+]?%\}/g

/** Cuts a template into tokens as Jinja does in its usual dress; comments are left out. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    opening.lastIndex = at
    const open = opening.exec(source)
    const start = open?.index ?? source.length
    if (start > at) tokens.push({ kind: 'data', value: source.slice(at, start), start: at, end: start })
    if (!open) break
    at = special(source, start, open[0], tokens)
    if (tokens.length > mostTokens) throw new TemplateFault(`it has more than ${mostTokens} tokens`, at)
  }
  return tokens
}

/** Reads a comment, a raw block, or the tokens of one tag; gives the place behind it. */
function special(source: string, start: number, open: string, tokens: Token[]): number {
  if (open[1] === '#') {
    const end = source.indexOf('#}', start + 2)
    if (end < 0) throw new TemplateFault('a comment has no end', start)
    return end + 2
  }
  rawBlock.lastIndex = start
  const raw = rawBlock.exec(source)
  if (raw) {
    rawEnd.lastIndex = start + raw[0].length
    const end = rawEnd.exec(source)
    if (!end) throw new TemplateFault('a raw block has no end', start)
    const from = start + raw[0].length
    tokens.push({ kind: 'data', value: source.slice(from, end.index), start: from, end: end.index })
    return end.index + end[0].length
  }
  tokens.push({ kind: 'open', value: open[1] === '%' ? '{%' : '{{', start, end: start + open.length })
  return inside(source, start + open.length, open[1] === '%' ? '%}' : '}}', tokens)
}

function inside(source: string, from: number, close: string, tokens: Token[]): number {
  const balance: string[] = []
  let at = from
  for (;;) {
    token.lastIndex = at
    const match = token.exec(source)
    if (!match)
      throw new TemplateFault(at < source.length ? 'a character that Jinja does not know' : 'a tag has no end', at)
    const [whole, text, number, name] = match
    let value = match[4]
    let end = at + whole.length
    if (value?.endsWith(close) && balance.length === 0) {
      tokens.push({ kind: 'close', value: close, start: at, end })
      return end
    }
    if (value && value.length > 1 && /^[-+]?[%}]\}$/.test(value)) {
      // In a bracket `}}` closes two of them, and `-}}` is a minus before.
      value = value[0]!
      end = at + 1
    }
    if (text !== undefined) tokens.push({ kind: 'text', value: decoded(text.slice(1, -1)), start: at, end })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, start: at, end })
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, start: at, end })
    else if (value !== undefined) {
      if ('([{'.includes(value)) balance.push(value)
      else if (')]}'.includes(value) && balance.pop() === undefined)
        throw new TemplateFault(`"${value}" closes nothing`, at)
      tokens.push({ kind: 'sign', value, start: at, end })
    }
    if (tokens.length > mostTokens) throw new TemplateFault(`it has more than ${mostTokens} tokens`, at)
    at = end
  }
}
