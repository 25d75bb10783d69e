import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Files that load with a module, by its static imports of values. */
function loadedWith(start: string): Set<string> {
  const loaded = new Set<string>()
  const open = [new URL(start, import.meta.url).href]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (loaded.has(file)) continue
    loaded.add(file)
    const text = readFileSync(fileURLToPath(file), 'utf8')
    const imports = text.matchAll(/^(?:import|export) (?!type )(?:[^'";]*? from )?'(\.[^']+)'/gm)
    for (const [, path] of imports) open.push(new URL(path!, file).href)
  }
  return loaded
}

it.each(['./verified.ts', './locked.ts', '../ledger/digest-worker.ts', '../ledger/look-worker.ts'])(
  '%s loads nothing through a front door, so that it starts at once',
  start => {
    const loaded = [...loadedWith(start)].map(file => file.split('/src/')[1]!)
    expect(loaded.length).toBeGreaterThan(1)
    expect(loaded.length).toBeLessThan(50)
    expect(loaded.filter(file => /^\w+\/index\.ts$/.test(file))).toEqual([])
  },
)
