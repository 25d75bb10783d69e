export { codeBlocksOf, languageOf } from './blocks.ts'
export { judgeCode } from './judge.ts'
export type { CodeRule } from './rule.ts'
export { rules } from './rules/index.ts'
