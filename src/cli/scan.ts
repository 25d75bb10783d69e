import { Command, Option } from 'commander'
import type { Decision, Report } from '../core/index.ts'
import { type EmbeddingFlags, withEmbedding } from './embedding-flags.ts'
import { type DataFlags, type DetectorFlags, repeated, withData, withDetectors } from './flags.ts'
import { coloured, trueColoured } from './text.ts'
import { looksUp, type UrlFlags, withUrls } from './url-flags.ts'

type Flags = DataFlags &
  DetectorFlags &
  UrlFlags &
  EmbeddingFlags & {
    readonly as?: 'dataset' | 'model'
    readonly base?: string
    readonly lock?: string | boolean
    readonly baseline?: string
    readonly format?: string
    readonly json?: boolean
    readonly out?: readonly string[]
    readonly showText?: boolean
  }

/** `bezoar scan`: judge a dataset or a model and exit with the verdict. */
export function scanCommand(exit: (code: number) => void): Command {
  const command = new Command('scan')
    .summary('judge a dataset or a model and exit with the verdict')
    .description(
      'Judges labelled text, instructions, conversations, preferences and ratings:\nfiles, folders or globs of JSON Lines, JSON, CSV, TSV, Parquet, Arrow, SQLite or\nplain lines, also compressed; "-" is standard input.\nJudges labelled pictures: folders of classes, an index with its pictures,\nParquet, Arrow, WebDataset, NumPy, IDX and CIFAR files.\nJudges models: files or folders of checkpoints, weights, graphs, tokenizers and\ntemplates. Which of the two it is, is told by content.',
    )
    .argument('<artifact...>', 'what to judge')
    .option('--format <name>', 'What stdout gets: terminal, json, sarif, html, junit, markdown.')
    .option('--json', 'Short for --format json: nothing but JSON on stdout.')
    .option('-o, --out <file>', 'Write a report; its ending says the format (repeatable).', repeated)
    .option('--show-text', 'Quote conversations at length; else short excerpts, for rows may offend.')
    .addOption(new Option('--as <kind>', 'What it is, whatever the content says.').choices(['dataset', 'model']))
    .option('--baseline <file>', 'Datasets: an earlier report, or a lock, that drift compares with.')
    .option('--base <model>', 'Models: what this one was made from, to compare with.')
    .option('--lock [file]', 'Compare the files with this lock; with one that is there, unasked.')
    .option('--no-lock', 'Do not look for a lock.')
  return withDetectors(withEmbedding(withData(withUrls(command)))).action(async (paths: string[], flags: Flags) =>
    exit(await act(paths, flags)),
  )
}

async function judgedAs(paths: readonly string[], flags: Flags): Promise<{ report: Report; decision: Decision }> {
  const { kindOf } = await import('../scan/index.ts')
  if ((flags.as ?? (await kindOf(paths))) === 'model') {
    const { judgedModel } = await import('./judged-model.ts')
    return judgedModel(paths, { ...flags, provenance: true })
  }
  const { judged } = await import('./judged.ts')
  const urls = looksUp(flags) ? { lookUp: flags } : {}
  const { table, report, decision } = await judged(paths, { ...flags, ...urls, provenance: true })
  await table.close()
  return { report, decision }
}

async function act(paths: readonly string[], flags: Flags): Promise<number> {
  const { formatOf, writeReports } = await import('./reports.ts')
  const { render } = await import('../report/index.ts')
  const format = flags.json ? 'json' : formatOf(flags.format ?? 'terminal')
  for (const file of flags.out ?? []) formatOf(file)
  const { exitCodes } = await import('../core/index.ts')
  const { report, decision } = await judgedAs(paths, flags)
  await writeReports(flags.out ?? [], report, decision, flags.quiet === true)
  const width = Math.min(process.stdout.columns ?? 80, 100)
  process.stdout.write(render(report, decision, format, { colour: coloured(), trueColour: trueColoured(), width }))
  return exitCodes[decision.verdict]
}
