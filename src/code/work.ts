import type { CodeBlock } from '../core/index.ts'

/** A piece of this length costs twice what its characters do: grammars take longer over each of a long piece. */
const doubled = 2048

/**
 * What judging some code may cost, in characters of short pieces. No clock: the same code weighs the same on every
 * machine, so a budget leaves out the same answers everywhere.
 */
export const workOf = (blocks: readonly CodeBlock[]): number =>
  blocks.reduce((sum, { code, language }) => sum + (language === null ? 0 : pieceWork(code.length)), 1)

const pieceWork = (length: number): number => Math.ceil(length * (1 + length / doubled))
