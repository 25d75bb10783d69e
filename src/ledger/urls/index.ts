export { type LineFile, lineFile } from './line-file.ts'
export { type Asked, recordLine, recordRoles, type Seen, seenLine, type UrlRecord } from './record.ts'
export { type SeeOptions, seeAll } from './see.ts'
export { type Survey, survey } from './survey.ts'
