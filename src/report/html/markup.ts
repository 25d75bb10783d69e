import { clipped, segmentsOf } from '../visible.ts'

/** Text that is markup already. Made by `html` alone, so that no text from the data becomes markup. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags and in quoted attributes; what HTML forbids becomes U+FFFD. */
const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, c => entities[c]!)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\ufffe\uffff]/gu, '\ufffd')

function written(content: Content): string {
  if (content instanceof Markup) return content.text
  if (content === null || content === undefined || content === false) return ''
  if (typeof content === 'string') return escapeHtml(content)
  return typeof content === 'number' ? String(content) : content.map(written).join('')
}

/** Markup with escaped values. Values stand between tags or inside double quotes, nowhere else. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(strings.reduce((text, part, i) => text + written(values[i - 1]) + part))

/** Constant markup of our own: style, script. Never text from a report. */
export const trusted = (text: string): Markup => new Markup(text)

/** Text from the data: hidden characters as chips, telling spans marked, its own direction. */
export function dataText(text: string, spans: readonly (readonly [number, number])[] = [], most = 600): Markup {
  const parts = segmentsOf(clipped(text, most), spans).map(s => {
    const shown = s.hidden ? html`<span class="chip">${s.text}</span>` : s.text
    return s.marked ? html`<mark>${shown}</mark>` : shown
  })
  return html`<bdi>${parts}</bdi>`
}

/** Text from the data in typewriter letters. */
export const dataCode = (text: string, most = 120): Markup => html`<code>${dataText(text, [], most)}</code>`
