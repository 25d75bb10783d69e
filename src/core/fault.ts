/** What a caller can get wrong. Closed, so that every code has a page and a test. */
export type FaultCode =
  | 'no-such-path'
  | 'unreadable'
  | 'unknown-format'
  | 'no-such-column'
  | 'missing-role'
  | 'bad-option'
  | 'bad-policy'
  | 'bad-report'
  | 'unknown-id'
  | 'nothing-to-do'
  | 'would-overwrite'
  | 'engine-absent'
  | 'bad-lock'
  | 'bad-signature'
  | 'bad-key'
  | 'bad-snapshot'
  | 'network'

/** The caller is at fault: thrown, never a finding. `remedy` says what to type instead. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly remedy: string

  constructor(code: FaultCode, message: string, remedy = '', options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fault'
    this.code = code
    this.remedy = remedy
  }
}
