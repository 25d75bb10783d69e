export { Broken } from './broken.ts'
export { fileBytes } from './bytes.ts'
export { sha256Of } from './digest.ts'
export { type Expanded, type ExpandLimits, expandBytes, type Shelf, shelf } from './expand.ts'
export { type Codec, codecOf, expanded } from './expanded.ts'
export { faultOf, fileSource } from './file.ts'
export { memorySource } from './memory.ts'
export { type Spooled, spool } from './spool.ts'
export { type Encoding, encodingOf, isText, utf8Head, utf8Of } from './text.ts'
export { thread } from './thread.ts'
export {
  type Capture,
  type CrawlDefect,
  type CrawlItem,
  type CrawlPlace,
  type CrawlRecord,
  captureAt,
  captures,
  comparedDigests,
  crawlRecords,
  isoOf,
  type Payload,
  payloadOf,
  tellingDigest,
} from './warc/index.ts'
