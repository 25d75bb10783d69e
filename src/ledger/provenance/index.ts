export { filesTable, type Standing } from './files.ts'
export { referencesTable } from './references.ts'
