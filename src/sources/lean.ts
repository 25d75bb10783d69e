/** What a thread or a quick command needs of this folder: no file here loads another package. */
export { faultOf } from './file.ts'
export { thread } from './thread.ts'
