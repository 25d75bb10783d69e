/** Media types by file ending; the first ending that fits counts. */
const types: readonly (readonly [RegExp, string])[] = [
  [/\.csv$/i, 'text/csv'],
  [/\.tsv$/i, 'text/tab-separated-values'],
  [/\.(jsonl|ndjson)$/i, 'application/jsonlines'],
  [/\.json$/i, 'application/json'],
  [/\.(parquet|pq)$/i, 'application/x-parquet'],
  [/\.(arrow|feather)$/i, 'application/vnd.apache.arrow.file'],
  [/\.(sqlite3?|db)$/i, 'application/vnd.sqlite3'],
  [/\.(txt|text|md)$/i, 'text/plain'],
  [/\.xml$/i, 'application/xml'],
  [/\.ya?ml$/i, 'application/yaml'],
  [/\.html?$/i, 'text/html'],
  [/\.warc$/i, 'application/warc'],
  [/\.zip$/i, 'application/zip'],
  [/\.tar$/i, 'application/x-tar'],
  [/\.7z$/i, 'application/x-7z-compressed'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.png$/i, 'image/png'],
  [/\.gif$/i, 'image/gif'],
  [/\.webp$/i, 'image/webp'],
  [/\.tiff?$/i, 'image/tiff'],
  [/\.wav$/i, 'audio/wav'],
  [/\.mp3$/i, 'audio/mpeg'],
  [/\.mp4$/i, 'video/mp4'],
]

const packed = /\.(gz|bz2|zst|xz)$/i
const packings: Readonly<Record<string, string>> = {
  gz: 'application/gzip',
  bz2: 'application/x-bzip2',
  zst: 'application/zstd',
  xz: 'application/x-xz',
}
const bytes = 'application/octet-stream'

/** The media type of a file as it lies there, by its name. */
export function mediaTypeOf(name: string): string {
  const packing = packed.exec(name)?.[1]
  return packing ? packings[packing.toLowerCase()]! : (types.find(([ending]) => ending.test(name))?.[1] ?? bytes)
}

/** What a file holds once it is unpacked, by its name: what a reader of its rows needs. */
export const contentTypeOf = (name: string): string => {
  const inner = name.replace(packed, '')
  return inner === name ? mediaTypeOf(name) : (types.find(([ending]) => ending.test(inner))?.[1] ?? mediaTypeOf(name))
}
