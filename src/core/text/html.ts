/** What a reader of a page sees. */
export interface PageText {
  readonly title: string
  readonly text: string
  /** There was more text than was wanted. */
  readonly cut: boolean
}

/** Elements whose content is no text of the page. */
const unseen = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'noembed', 'noframes', 'object'])
/** Elements whose content is text alone, whatever tags seem to stand in it. */
const wholly = new Set(['title', 'textarea', 'xmp'])
/** Elements that begin a line. */
const lines = new Set(
  'address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol optgroup option p pre section select summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
/** Elements that stand apart in a line. */
const apart = new Set(['td', 'th', 'input', 'img', 'label'])

/**
 * The title and the text of an HTML page, in time linear in its length whatever it holds: no scripts, no styles, entities
 * read, white space folded, a line for each block. Styles are not applied, so text that they hide is text here.
 * @param most characters of text that are wanted
 */
export function htmlText(html: string, most = 1 << 24): PageText {
  const page = new Writer(most)
  const title = new Writer(1000)
  for (let at = 0; at < html.length && !page.full; ) {
    const open = html.indexOf('<', at)
    page.text(html.slice(at, open < 0 ? html.length : open))
    if (open < 0) break
    at = behindMarkup(html, open, page, title)
  }
  return { title: title.done(), text: page.done(), cut: page.full }
}

/** Reads what a `<` begins; returns the place behind it. */
function behindMarkup(html: string, open: number, page: Writer, title: Writer): number {
  const mark = html[open + 1] ?? ''
  if (html.startsWith('<!--', open)) return behind(html, html.startsWith('>', open + 4) ? '>' : '-->', open + 4)
  if (mark === '!' || mark === '?') return behind(html, '>', open)
  const closing = mark === '/'
  const start = open + (closing ? 2 : 1)
  if (!/[a-z]/i.test(html[start] ?? '')) {
    if (closing) return behind(html, '>', open)
    page.text('<')
    return open + 1
  }
  const name = nameAt(html, start)
  const end = tagEnd(html, start + name.length)
  if (lines.has(name)) page.line()
  else if (apart.has(name)) page.gap()
  if (closing || (!unseen.has(name) && !wholly.has(name))) return end
  const close = closeOf(html, name, end)
  if (name === 'title') title.text(html.slice(end, close))
  else if (wholly.has(name)) page.text(html.slice(end, close))
  return close
}

const behind = (html: string, mark: string, from: number): number => {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

/** Longest name of an element that means something. */
const mostName = 32

function nameAt(html: string, start: number): string {
  let end = start
  while (end < html.length && end - start < mostName && /[^\s/>]/.test(html[end]!)) end++
  return html.slice(start, end).toLowerCase()
}

/** The place behind the `>` of a tag: not one that stands in a quoted value. */
function tagEnd(html: string, from: number): number {
  let value = false
  for (let at = from; at < html.length; at++) {
    const c = html[at]
    if (c === '>') return at + 1
    if (value && (c === '"' || c === "'")) {
      at = html.indexOf(c, at + 1)
      if (at < 0) return html.length
    }
    if (c === '=') value = true
    else if (c !== ' ' && c !== '\n' && c !== '\t' && c !== '\r' && c !== '\f') value = false
  }
  return html.length
}

/** Where the end tag of an element stands; the end of the page when there is none. */
function closeOf(html: string, name: string, from: number): number {
  const tag = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  tag.lastIndex = from
  return tag.exec(html)?.index ?? html.length
}

/** White space that is not one blank between words. */
const loosely = /[\t\n\f\r\u00a0]| {2}/
/** Characters of markup that a character of text may take: the longest entity. */
const widest = 12

/** Gathers text with white space folded. */
class Writer {
  full = false
  private readonly parts: string[] = []
  private size = 0
  private before = ''
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  line(): void {
    this.before = '\n'
  }

  gap(): void {
    this.before ||= ' '
  }

  text(raw: string): void {
    if (raw === '' || this.full) return
    const most = (this.most - this.size + 1) * widest
    const read = entitiesRead(raw.length > most ? raw.slice(0, most) : raw)
    const plain = loosely.test(read) ? read.replace(/[ \t\n\f\r\u00a0]+/g, ' ') : read
    const first = plain.startsWith(' ') ? 1 : 0
    if (first) this.gap()
    if (plain.length === first) return
    const last = plain.endsWith(' ') ? 1 : 0
    const before = this.size === 0 ? '' : this.before
    this.parts.push(before, first || last ? plain.slice(first, plain.length - last) : plain)
    this.before = last ? ' ' : ''
    this.size += before.length + plain.length - first - last
    this.full = this.size > this.most || raw.length > most
  }

  done(): string {
    const text = this.parts.join('')
    return this.full ? text.slice(0, this.most) : text
  }
}

/** Names of the characters from U+00A0 to U+00FF, in order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
    ' ',
  )
const others =
  'quot 34 amp 38 apos 39 lt 60 gt 62 OElig 338 oelig 339 Scaron 352 scaron 353 Yuml 376 fnof 402 circ 710 tilde 732 Alpha 913 Beta 914 Gamma 915 Delta 916 Omega 937 alpha 945 beta 946 gamma 947 delta 948 epsilon 949 lambda 955 mu 956 pi 960 sigma 963 omega 969 ensp 8194 emsp 8195 thinsp 8201 zwnj 8204 zwj 8205 lrm 8206 rlm 8207 ndash 8211 mdash 8212 lsquo 8216 rsquo 8217 sbquo 8218 ldquo 8220 rdquo 8221 bdquo 8222 dagger 8224 Dagger 8225 bull 8226 hellip 8230 permil 8240 prime 8242 Prime 8243 lsaquo 8249 rsaquo 8250 euro 8364 trade 8482 larr 8592 uarr 8593 rarr 8594 darr 8595 sum 8721 minus 8722 infin 8734 ne 8800 le 8804 ge 8805'.split(
    ' ',
  )
const named = new Map<string, string>(latin.map((name, k) => [name, String.fromCharCode(160 + k)]))
for (let k = 0; k < others.length; k += 2) named.set(others[k]!, String.fromCharCode(Number(others[k + 1])))

/** Entities that were written without a semicolon since the first pages are read without one. */
const loose = /&(?:#(\d{1,9}|x[\da-f]{1,8});?|([a-z]\w{1,9});|(amp|lt|gt|quot|nbsp|copy|reg)(?![\w=]))/gi

const entitiesRead = (text: string): string =>
  text.includes('&')
    ? text.replace(
        loose,
        (whole: string, code: string | undefined, name: string | undefined, bare: string | undefined) =>
          code === undefined ? (named.get(name ?? bare!.toLowerCase()) ?? whole) : coded(code),
      )
    : text

/** The characters 0x80 to 0x9f of Windows-1252, as HTML reads their numbers. */
const windows =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'

function coded(code: string): string {
  const point = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code)
  if (point >= 0x80 && point < 0xa0) return windows[point - 0x80]!
  if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return '\ufffd'
  return String.fromCodePoint(point)
}
