/** Sets or, without a value, removes what stands at a dotted path of a JSON document. */
export function edit(document: unknown, path: string, value?: unknown): void {
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  let at: unknown = document
  for (const part of parts) at = recordOf(at)[part]
  if (value === undefined) delete recordOf(at)[last]
  else recordOf(at)[last] = value
}

/** What stands at a dotted path. */
export function read(document: unknown, path: string): unknown {
  let at: unknown = document
  for (const part of path.split('.')) at = recordOf(at)[part]
  return at
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('there is nothing at that path')
  return value as Record<string, unknown>
}
