/** A model to be judged: inert bytes built from a description of an attack, or an honest file. */
export interface Sample {
  /** Unique in its zoo. */
  readonly name: string
  /** Attack class, or `honest`. */
  readonly class: string
  readonly files: Readonly<Record<string, Uint8Array>>
  /** What all model detectors together must say: at least this; for `pass` exactly this. */
  readonly verdict: 'pass' | 'hold' | 'block'
  /** A word that one of the findings must contain: the call, the rule, the name. */
  readonly names?: string
}
