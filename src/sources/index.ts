export { Broken } from './broken.ts'
export { fileBytes } from './bytes.ts'
export {
  type Copies,
  type Copy,
  type CopyLookup,
  type CopyStream,
  type CopyTrouble,
  copyTroubles,
  type StoredAt,
} from './copies/copy.ts'
export { type CrawlOptions, crawlCopies, once } from './copies/crawl.ts'
export { copyAt, folderCopies } from './copies/folder.ts'
export { type Download, img2datasetCopies, img2datasetShards } from './copies/img2dataset.ts'
export { localCopies } from './copies/local.ts'
export { PlaceMap } from './copies/place-map.ts'
export { TarTrouble, tarMembers } from './copies/tar.ts'
export { webCopies } from './copies/web.ts'
export { sha256Of } from './digest.ts'
export { type Expanded, type ExpandLimits, expandBytes, type Shelf, shelf } from './expand.ts'
export { type Codec, codecEnding, codecOf, expanded } from './expanded.ts'
export { faultOf, fileSource } from './file.ts'
export { type Line, type Lines, linesOf, manyLinesOf } from './lines.ts'
export { isPictureName, type Media, mediaHeadBytes, mediaOf } from './media.ts'
export { memorySource } from './memory.ts'
export { isPublicAddress } from './network/address.ts'
export { defaultNetwork, type Fetcher, fetcher, type NetworkOptions } from './network/fetch.ts'
export { type Embedder, type EmbedderOptions, mostModelBytes, openEmbedder } from './onnx/index.ts'
export { canLookAtPictures, lookAtPicture, type SeenPicture } from './picture.ts'
export { type CellPlace, picturesOf } from './picture-cells.ts'
export { seePicture } from './picture-seen.ts'
export { isPictureText } from './picture-text.ts'
export { type Spooled, spool } from './spool.ts'
export { temporaryFolder } from './temporary.ts'
export { type Encoding, encodingOf, isText, utf8Head, utf8Of } from './text.ts'
export { thread } from './thread.ts'
export { BadHeader as BadSevenZip } from './unpack/seven-zip/fields.ts'
export { type PackedFile, sevenZipFiles, unsevenZipEach } from './unpack/seven-zip/flow.ts'
export {
  type Coder as SevenZipCoder,
  type Contents as SevenZipContents,
  contentsOf as sevenZipContents,
  type Folder as SevenZipFolder,
  orderOf as sevenZipOrder,
} from './unpack/seven-zip/header.ts'
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
  crawlWithout,
  isoOf,
  type Payload,
  payloadOf,
  tellingDigest,
} from './warc/index.ts'
