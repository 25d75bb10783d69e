/** Why nothing is known of what stands at an address; closed, so that what was not looked at can be counted. */
export const copyTroubles = {
  absent: 'the source does not hold it',
  gone: 'nothing stands there any more',
  empty: 'the answer has no bytes',
  cut: 'the bytes end too early',
  'too-large': 'there are more bytes than allowed',
  timeout: 'the server was silent',
  network: 'the network or the server failed',
  redirects: 'it leads in a circle, too far, or nowhere',
  refused: 'the server refused',
  'private-address': 'it is not on the public internet',
  'no-host': 'there is no such host',
  'bad-url': 'there is no address to look at',
  damaged: 'the source is damaged there',
  altered: 'the downloader stored other bytes than were served',
} as const
export type CopyTrouble = keyof typeof copyTroubles

/** Where in a crawl a copy lies. */
export interface StoredAt {
  readonly file: string
  readonly offset: number
  /** The digest that the crawl states, as written. */
  readonly digest?: string
}

interface Found {
  /** The address that was asked for. */
  readonly url: string
  /** When it was fetched, ISO 8601; null when the source does not say. */
  readonly fetchedAt: string | null
  /** When the file that holds it was last written: no witness, for copying a file may change it. */
  readonly written?: string
  /** Where redirects led, when they led anywhere. */
  readonly finalUrl?: string
  readonly warc?: StoredAt
}

/** What a source holds of an address: its bytes, or why there are none. */
export type Copy =
  | (Found & {
      readonly body: AsyncIterable<Uint8Array>
      /** Digests that the source states of what was served, by algorithm, lower-case hex. */
      readonly stated?: Readonly<Record<string, string>>
    })
  | (Found & { readonly trouble: CopyTrouble; readonly message: string })

/** Copies of what stood at addresses, looked up one by one. */
export interface CopyLookup {
  readonly kind: 'lookup'
  readonly name: string
  /** Addresses that may be looked up at once. */
  readonly atOnce: number
  find(url: string, signal: AbortSignal): Promise<Copy>
}

/** Copies in the order in which they are stored. Of several copies of one address the one fetched last counts. */
export interface CopyStream {
  readonly kind: 'stream'
  readonly name: string
  /** The body of a copy must be read, or left, before the next copy is asked for. */
  all(wanted: (url: string) => boolean): AsyncIterable<Copy>
}
export type Copies = CopyLookup | CopyStream
