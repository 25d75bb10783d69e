import { styleText } from 'node:util'
import { seen } from './seen.ts'

const width = 80

/** Breaks a paragraph into lines of at most 80 columns, each after `indent`; characters that hide are named. */
export function wrapped(text: string, indent = '', hanging = indent): string {
  const lines: string[] = []
  let line = indent
  let empty = true
  for (const word of text
    .split(/\s+/)
    .filter(w => w !== '')
    .map(seen)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = hanging + word
    } else line += (empty ? '' : ' ') + word
    empty = false
  }
  return [...lines, line].join('\n')
}

/** True when stdout is a terminal that wants colour. */
export const coloured = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR

/** True when stdout is a terminal that says it shows 16 million colours. */
export const trueColoured = (): boolean => coloured() && /^(truecolor|24bit)$/i.test(process.env.COLORTERM ?? '')

/** Bold on terminals that want colour. */
export const bold = (text: string): string => (coloured() ? styleText('bold', seen(text)) : seen(text))

/** A page of Markdown for a terminal: headings bold, paragraphs wrapped, tables and code as they stand. */
export function pageText(markdown: string): string {
  let code = false
  const blocks = markdown
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .trim()
    .split(/\n{2,}/)
  return blocks
    .map(block => {
      const wasCode = code
      if ((block.match(/^```/gm) ?? []).length % 2 === 1) code = !code
      if (wasCode || code || /^(```|\||\s{4})/.test(block)) return block.replace(/^```.*\n?/gm, '')
      if (block.startsWith('#')) return headed(block)
      return block
        .split(/\n(?=[-*] |\d+\. )/)
        .map(item => wrapped(item, '', /^([-*]|\d+\.) /.test(item) ? '  ' : ''))
        .join('\n')
    })
    .join('\n\n')
}

function headed(block: string): string {
  const [first = '', ...rest] = block.split('\n')
  const heading = bold(first.replace(/^#+ /, ''))
  return rest.length > 0 ? `${heading}\n${wrapped(rest.join(' '))}` : heading
}
