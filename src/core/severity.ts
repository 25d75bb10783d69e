/** What a finding asks for: nothing, a person's look, or a stop. */
export const severities = ['info', 'hold', 'block'] as const
export type Severity = (typeof severities)[number]

/** Negative when `a` asks for less than `b`. */
export const compareSeverity = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b)
