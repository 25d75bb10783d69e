/** What a lock cannot know about an artifact: its owner says it. */
export interface About {
  readonly description?: string
  /** SPDX identifier, address of a text, or a name. */
  readonly license?: string
  /** Page of the artifact. */
  readonly url?: string
  /** Who made it: an organization or a person. */
  readonly creator?: string
  readonly version?: string
  readonly published?: string
}

/** Identifiers of SPDX that data and models commonly carry, as the list writes them. */
export const spdxLicenses = [
  'AFL-3.0',
  'AGPL-3.0-only',
  'Apache-2.0',
  'Artistic-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'C-UDA-1.0',
  'CC-BY-2.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC-BY-NC-2.0',
  'CC-BY-NC-3.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-ND-3.0',
  'CC-BY-NC-ND-4.0',
  'CC-BY-NC-SA-2.0',
  'CC-BY-NC-SA-3.0',
  'CC-BY-NC-SA-4.0',
  'CC-BY-ND-4.0',
  'CC-BY-SA-3.0',
  'CC-BY-SA-4.0',
  'CC0-1.0',
  'CDLA-Permissive-1.0',
  'CDLA-Permissive-2.0',
  'CDLA-Sharing-1.0',
  'ECL-2.0',
  'EPL-2.0',
  'EUPL-1.2',
  'GFDL-1.3-or-later',
  'GPL-2.0-only',
  'GPL-3.0-only',
  'GPL-3.0-or-later',
  'ISC',
  'LGPL-3.0-only',
  'MIT',
  'MPL-2.0',
  'MS-PL',
  'ODbL-1.0',
  'ODC-By-1.0',
  'OFL-1.1',
  'OGL-UK-3.0',
  'PDDL-1.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
] as const

/** The identifier that a text means in either case, or null. */
export const spdxOf = (license: string): string | null =>
  spdxLicenses.find(id => id.toLowerCase() === license.trim().toLowerCase()) ?? null

/** True for an address that documents may point to. */
export const isAddress = (text: string): boolean => /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(text)
