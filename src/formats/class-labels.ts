const mostText = 4 << 20
const mostNames = 100_000

/**
 * The names of classes by column, as Hugging Face keeps them in the metadata of the schema: an integer in such a column
 * is a place in the list.
 */
export function classLabels(metadata: string | undefined): Readonly<Record<string, readonly string[]>> {
  if (metadata === undefined || metadata.length > mostText) return {}
  try {
    const { info } = JSON.parse(metadata) as { info?: { features?: Record<string, unknown> } }
    return Object.fromEntries(
      Object.entries(info?.features ?? {}).flatMap(([column, feature]) => {
        const names = namesOf(feature)
        return names ? [[column, names]] : []
      }),
    )
  } catch {
    return {}
  }
}

function namesOf(feature: unknown): readonly string[] | null {
  if (typeof feature !== 'object' || feature === null) return null
  const { _type: type, names } = feature as { readonly _type?: unknown; readonly names?: unknown }
  if (type !== 'ClassLabel' || !Array.isArray(names) || names.length > mostNames) return null
  return names.every(name => typeof name === 'string') ? names : null
}
