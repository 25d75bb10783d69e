/** A publisher's list of attacks, weaknesses or controls, in one edition. */
export interface Framework {
  readonly id: string
  readonly name: string
  /** Name that fits beside an id. */
  readonly short: string
  readonly edition: string
  readonly owner: string
  readonly url: string
}

/** One identifier of a framework. */
export interface FrameworkEntry {
  readonly id: string
  /** Id of the framework. */
  readonly framework: string
  /** Official name. */
  readonly name: string
  /** One sentence in our words. */
  readonly summary: string
  /** `technique`, `mitigation`, `control`, …, when the framework tells kinds apart. */
  readonly kind?: string
  readonly url?: string
}

/** Identifiers that go with a threat. */
export interface ThreatMapping {
  readonly primary: readonly string[]
  readonly related: readonly string[]
  readonly mitigations: readonly string[]
  readonly caseStudies: readonly string[]
}

/** Something an attacker does to what a model eats. */
export interface Threat {
  readonly id: string
  readonly name: string
  /** What it is, for a reader who never heard of it. */
  readonly meaning: string
  /** How it looks in the wild. */
  readonly example: string
  /** What to do when it is found, most urgent first. */
  readonly next: readonly string[]
}
