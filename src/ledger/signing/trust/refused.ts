/** Why a signature or what it covers is not accepted. */
export type RefusalCode =
  | 'wrong-mode'
  | 'wrong-key'
  | 'wrong-signature'
  | 'certificate'
  | 'expired'
  | 'identity'
  | 'log'
  | 'statement'
  | 'changed'
  | 'missing'
  | 'unsigned-file'
  | 'symlink'
  | 'not-looked-at'
  | 'ignored-executable'

/** One reason not to accept, with the file it concerns. */
export interface Refusal {
  readonly code: RefusalCode
  /** The file, when it is about one. */
  readonly name?: string
  /** One sentence. */
  readonly message: string
}

/** Thrown inside the judgement of a bundle; what calls it gets a Refusal. */
export class Refused extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.name = 'Refused'
    this.code = code
  }
}
