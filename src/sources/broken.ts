/** Why bytes that were promised cannot be had: the artifact's fault, to be reported as a defect where reading ended. */
export class Broken extends Error {
  /** `truncated`, `bad-compression`, `too-large`, `unreadable`, … */
  readonly kind: string

  constructor(kind: string, message: string) {
    super(message)
    this.name = 'Broken'
    this.kind = kind
  }
}
