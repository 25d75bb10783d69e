/** What a quick command needs of this folder. */
export { counted, sizeText } from './lines.ts'
