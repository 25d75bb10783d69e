import type { Decision, Report } from '../core/index.ts'
import { renderHtml } from './html/index.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { renderSarif } from './sarif.ts'
import { renderTerminal } from './terminal.ts'

export { readReport, reportSchema } from './json.ts'
export { counted, sizeText } from './lines.ts'
export { rolesText } from './roles.ts'

/** What a report can be written as. */
export const reportFormats = ['terminal', 'json', 'sarif', 'html', 'junit', 'markdown'] as const
export type ReportFormat = (typeof reportFormats)[number]

export interface RenderOptions {
  /** ANSI colours, for the terminal format alone; off when absent. */
  readonly colour?: boolean
  /** True colour: the terminal format draws pictures in blocks; off when absent. */
  readonly trueColour?: boolean
  /** Columns of the terminal format; 80 when absent. */
  readonly width?: number
}

/** Writes a report and its decision in a format. Equal reports give equal bytes. */
export function render(report: Report, decision: Decision, format: ReportFormat, options: RenderOptions = {}): string {
  switch (format) {
    case 'terminal':
      return renderTerminal(report, decision, {
        colour: options.colour ?? false,
        width: options.width ?? 80,
        trueColour: options.trueColour ?? false,
      })
    case 'json':
      return renderJson(report, decision)
    case 'sarif':
      return renderSarif(report, decision)
    case 'junit':
      return renderJunit(report, decision)
    case 'markdown':
      return renderMarkdown(report, decision)
    case 'html':
      return renderHtml(report, decision)
  }
}
