import { SaxesParser } from 'saxes'
import type { Cell, Limits } from '../../core/index.ts'
import { type Draft, places, rowOf } from './revision.ts'

/** A revision, or what is wrong at a place of the dump. */
export interface Found {
  readonly row?: Readonly<Record<string, Cell>>
  /** Characters of its text. */
  readonly size: number
  readonly defects: readonly {
    readonly kind: string
    readonly line: number
    readonly message: string
    readonly lost: boolean
  }[]
}

const pageTag = '<page>'
/** Honest elements have fewer than ten. */
const mostAttributes = 100
/** Faults of the XML that one revision is reported with; one fault makes many. */
const mostFaults = 3

/**
 * Reads a MediaWiki export, piece by piece of its text. Only the five entities of XML are known, so that none can grow;
 * texts are kept up to the limit, and what is damaged costs the page it stands in.
 */
export class Dump {
  readonly found: Found[] = []
  private parser!: Parser
  private path: string[] = []
  private page: Draft = {}
  private revision: Draft | null = null
  private text = ''
  private defects: Found['defects'][number][] = []
  /** Characters since the last `<`, and since the parser last understood something. */
  private run = 0
  private silent = 0
  private cut = false
  private lost = false
  private closed = false
  private lines = 0
  /** The end of what was passed over, where a tag may begin. */
  private held = ''
  private attributes = 0
  private readonly limits: Limits

  constructor(limits: Limits) {
    this.limits = limits
    this.start()
  }

  write(text: string): void {
    let rest = text
    while (rest !== '') rest = this.lost ? this.resumed(rest) : this.fed(rest)
  }

  /** Says what is missing at the end. */
  end(): void {
    if (this.closed) return
    const what = this.revision ? ' in the middle of a revision' : ''
    this.report('truncated', `The dump ends${what} before its last page is closed: it was cut off.`, true)
    this.found.push({ size: 0, defects: this.defects.splice(0) })
  }

  /** Hands the parser what keeps its memory within limits; returns what it did not take. */
  private fed(text: string): string {
    const most = this.limits.recordBytes
    const next = text.indexOf('<')
    if (this.run + text.length <= most) {
      this.run = next < 0 ? this.run + text.length : text.length - text.lastIndexOf('<')
      return this.parsed(text, '')
    }
    if (next < 0 || this.run + next > most) {
      // A text over the limit: the rest of it is passed over.
      const end = next < 0 ? text.length : next
      const keep = Math.max(0, Math.min(end, most - this.run))
      this.cut ||= end > keep
      this.run += end
      const rest = this.parsed(text.slice(0, keep), text.slice(end))
      if (rest !== '') this.run = 0
      return rest
    }
    const step = Math.min(text.length, Math.max(next + 1, most >> 1))
    this.run = step - text.lastIndexOf('<', step - 1)
    return this.parsed(text.slice(0, step), text.slice(step))
  }

  private parsed(text: string, rest: string): string {
    this.silent += text.length
    this.parser.write(text)
    const { recordBytes, depth } = this.limits
    if (this.silent <= recordBytes * 2 && this.path.length <= depth && this.attributes <= mostAttributes) return rest
    this.report('too-long', 'The markup here goes on beyond all limits; reading goes on with the next page.', true)
    this.lost = true
    return rest
  }

  /** Goes on at the next page after the parser lost its way. */
  private resumed(text: string): string {
    const whole = this.held + text
    const at = whole.indexOf(pageTag)
    this.held = at < 0 ? whole.slice(1 - pageTag.length) : ''
    const passed = at < 0 ? whole.length - this.held.length : at
    for (let k = whole.indexOf('\n'); k >= 0 && k < passed; k = whole.indexOf('\n', k + 1)) this.lines++
    if (at < 0) return ''
    this.flush()
    this.lost = false
    this.run = 0
    this.path = []
    this.lines += this.parser.line - 1
    this.start()
    this.parser.write('<mediawiki>')
    return whole.slice(at)
  }

  private start(): void {
    this.silent = 0
    this.attributes = 0
    this.parser = new SaxesParser()
    this.parser.on('opentag', ({ name, attributes, isSelfClosing }) => this.opened(name, attributes, isSelfClosing))
    this.parser.on('attribute', () => void this.attributes++)
    this.parser.on('closetag', ({ name }) => this.left(name))
    this.parser.on('text', text => this.heard(text))
    this.parser.on('cdata', text => this.heard(text))
    this.parser.on('error', reason => this.complain(reason))
  }

  private opened(name: string, attributes: Readonly<Record<string, string>>, empty: boolean): void {
    this.silent = 0
    if (this.attributes <= mostAttributes) this.attributes = 0
    this.text = ''
    const parent = this.path.at(-1)
    this.path.push(name)
    if (name === 'page') this.page = {}
    else if (name === 'revision' && parent === 'page') this.revision = {}
    else if (name === 'redirect' && parent === 'page') this.page.redirect = attributes.title ?? ''
    const { revision } = this
    if (!revision || (parent !== 'revision' && parent !== 'contributor')) return
    if (name === 'minor') revision.minor = ''
    if (attributes.deleted !== undefined) revision.deleted = [revision.deleted, name].filter(Boolean).join(' ')
    if (name !== 'text') return
    if (attributes.bytes !== undefined) revision.bytes = attributes.bytes
    // A stub has texts without content; the digest may stand here alone.
    if (attributes.sha1 !== undefined) revision.sha1 ??= attributes.sha1
    if (empty && isLeftOut(attributes)) this.path[this.path.length - 1] = 'stub'
  }

  private heard(text: string): void {
    this.silent = 0
    const room = this.limits.recordBytes - this.text.length
    this.cut ||= text.length > room
    this.text += text.length > room ? text.slice(0, Math.max(0, room)) : text
  }

  private left(name: string): void {
    this.silent = 0
    const own = this.path.pop()
    const target = places[`${this.path.at(-1)}/${own}`]
    if (target) {
      const draft = target === 'page' || target === 'pageid' || target === 'namespace' ? this.page : this.revision
      if (draft && (target === 'text' || this.text !== '')) draft[target] = this.text
      if (this.cut)
        this.report('too-long', `Only the first ${this.text.length} characters of the text were kept.`, false)
      this.cut = false
    } else if (name === 'revision' && this.revision) this.flush()
    else if (name === 'mediawiki') this.closed = true
    this.text = ''
  }

  private flush(): void {
    const { revision } = this
    const size = revision?.text?.length ?? 0
    const defects = this.defects.splice(0)
    if (revision) this.found.push({ row: rowOf(this.page, revision), size, defects })
    else if (defects.length > 0) this.found.push({ size: 0, defects })
    this.revision = null
  }

  private complain(reason: Error): void {
    if (this.cut || this.defects.length >= mostFaults) return
    const what = reason.message
      .replace(/^[^:]*:\d+: /, '')
      .replace(/[.\s]+$/, '')
      .slice(0, 160)
    this.report('bad-xml', `The XML is damaged: ${what}.`, false)
  }

  private report(kind: string, message: string, lost: boolean): void {
    this.defects.push({ kind, line: this.lines + this.parser.line, message, lost })
  }
}

/** Whether a text without content is left out of the dump, rather than empty. */
const isLeftOut = ({ deleted, bytes, id }: Readonly<Record<string, string>>): boolean =>
  deleted !== undefined || (bytes === undefined ? id !== undefined : bytes !== '0')

type Parser = SaxesParser<Record<never, never>>
