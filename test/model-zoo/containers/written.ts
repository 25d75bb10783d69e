import files from './written.json' with { type: 'json' }

/** A file that its usual tool wrote: bench/model-fixtures.py. */
export const written = (name: keyof typeof files): Uint8Array => new Uint8Array(Buffer.from(files[name], 'base64'))
