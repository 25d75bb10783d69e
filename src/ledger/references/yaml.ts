import { type Group, type Groups, type Leaf, mostDepth, mostLeaves } from './reference.ts'

/** The maps and lists of a YAML text with the line of every scalar. Nothing is constructed, aliases are not followed. */
export async function yamlGroups(text: string, firstLine = 1): Promise<Groups> {
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const documents = yaml.parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const groups: Group[] = []
  let whole = true
  let count = 0
  const open: { readonly node: unknown; readonly path: readonly string[] }[] = []
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors.length > 0) whole = false
    open.push({ node: document.contents, path: [] })
  }
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, path } = next
    if (!yaml.isCollection(node) || path.length > mostDepth || count > mostLeaves) {
      whole &&= path.length <= mostDepth && count <= mostLeaves
      continue
    }
    const leaves = new Map<string, Leaf>()
    for (const [i, item] of node.items.entries()) {
      const [key, value] = yaml.isPair(item)
        ? [String(yaml.isScalar(item.key) ? item.key.value : i), item.value]
        : [String(i), item]
      if (yaml.isCollection(value)) open.push({ node: value, path: [...path, key] })
      if (!yaml.isScalar(value) || value.value === null) continue
      const line = value.range ? lines.linePos(value.range[0]).line : 1
      leaves.set(leaves.has(key) ? `${key} ${count}` : key, { value: String(value.value), line: line + firstLine - 1 })
      count++
    }
    groups.push({ path, leaves })
  }
  return { groups, whole }
}
