/** Puts a layer, as JSON text, into the first list of layers of a configuration; null when it has none. */
export function withLayer(data: Uint8Array, layer: string, place: 'front' | 'behind'): Uint8Array | null {
  try {
    const config: unknown = JSON.parse(new TextDecoder().decode(data))
    const layers = layersOf(config)
    if (!layers) return null
    const mark = free(JSON.stringify(config))
    layers.splice(place === 'front' ? 0 : layers.length, 0, mark)
    return new TextEncoder().encode(JSON.stringify(config).replace(`"${mark}"`, () => layer))
  } catch {
    // No JSON, or JSON too deep to write again.
    return null
  }
}

/** The list of layers, as Sequential and functional models have it, or as old Sequential ones had. */
function layersOf(config: unknown): unknown[] | null {
  if (!isRecord(config) || typeof config.class_name !== 'string') return null
  if (Array.isArray(config.config)) return config.config
  return isRecord(config.config) && Array.isArray(config.config.layers) ? config.config.layers : null
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A word that the text does not hold. */
function free(text: string): string {
  let word = 'layer'
  while (text.includes(word)) word += 'x'
  return word
}
