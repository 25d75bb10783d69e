/** What a thread or a quick command needs of this folder: no file here loads another package. */
export * from './exit-codes.ts'
export * from './fault.ts'
export * from './moment.ts'
export * from './plain.ts'
export type { Source } from './source.ts'
