import { gunzipSync } from 'node:zlib'
import packed from './trees.json' with { type: 'json' }

/** Small models that the libraries themselves wrote. */
export const treeModel = (name: keyof typeof packed): Uint8Array =>
  new Uint8Array(gunzipSync(Buffer.from(packed[name], 'base64')))
