/**
 * The house rules that other tools do not check: sizes, depth, names, and what the pure folders may touch.
 * Prints each breach as `file:line rule` and fails when there is one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const most = { file: 300, function: 50, depth: 3 }
/** Everything that judges or poisons takes time, chance and input as arguments. */
const pure = ['core', 'pickle', 'models', 'statistics', 'detectors', 'attacks', 'policy']
const bannedCalls = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID'])
const bannedGlobals = new Set(['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'eval', 'require'])
const bannedModules = /^(node:)?(fs|net|http|https|child_process|worker_threads|os|process|dns|tls|vm)(\/|$)/
const bannedNames = /^(utils?|helpers?|common|misc)$/i
const bannedEndings = /(Manager|Handler|Service|Base|Impl)$/

export interface Breach {
  readonly file: string
  readonly line: number
  readonly rule: string
}

/** Breaches of one source text; `file` decides which rules hold. */
export function breachesOf(file: string, text: string): Breach[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Breach[] = []
  const at = (node: ts.Node, rule: string) =>
    found.push({ file, line: lineOf(source, node.getStart(source)) + 1, rule })
  const isTest = file.endsWith('.test.ts')
  const isPure = !isTest && pure.some(folder => file.startsWith(`src/${folder}/`))
  const lines = text.split('\n').length - 1 - dataLines(source)
  if (lines > most.file) found.push({ file, line: 1, rule: `${lines} lines of code; at most ${most.file}` })
  if (file.split('/').some(part => bannedNames.test(part.replace(/\.ts$/, '')))) {
    found.push({ file, line: 1, rule: 'a name that says nothing' })
  }
  const visit = (node: ts.Node): void => {
    if (!isTest) sizes(source, node, at)
    if (isPure) impurities(node, at)
    const name = declaredName(node)
    if (name && bannedEndings.test(name)) at(node, `the name ${name} says nothing`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const lineOf = (source: ts.SourceFile, position: number) => source.getLineAndCharacterOfPosition(position).line
const linesOf = (source: ts.SourceFile, node: ts.Node) =>
  lineOf(source, node.end) - lineOf(source, node.getStart(source)) + 1

/** Lines inside literals of 40 lines and more that hold no function: lists of data. */
function dataLines(source: ts.SourceFile): number {
  let lines = 0
  const visit = (node: ts.Node): void => {
    const literal = ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)
    if (literal && linesOf(source, node) >= 40 && !holdsFunction(node)) lines += linesOf(source, node) - 2
    else ts.forEachChild(node, visit)
  }
  visit(source)
  return lines
}

const holdsFunction = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) || (ts.forEachChild(node, child => holdsFunction(child) || undefined) ?? false)

function sizes(source: ts.SourceFile, node: ts.Node, at: (node: ts.Node, rule: string) => void): void {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return
  const lines = linesOf(source, node) - innerLines(source, node.body)
  if (lines > most.function) at(node, `a function of ${lines} lines; at most ${most.function}`)
  const depth = depthOf(node.body)
  if (depth > most.depth) at(node, `control flow ${depth} deep; at most ${most.depth}`)
}

/** Lines of the named functions and methods inside: they count on their own. */
function innerLines(source: ts.SourceFile, node: ts.Node): number {
  let lines = 0
  ts.forEachChild(node, child => {
    const named = ts.isFunctionDeclaration(child) || ts.isMethodDeclaration(child) || ts.isAccessor(child)
    lines += named ? linesOf(source, child) - 1 : innerLines(source, child)
  })
  return lines
}

/** Deepest nesting of branches and loops; functions inside count on their own. */
function depthOf(node: ts.Node): number {
  let deepest = 0
  ts.forEachChild(node, child => {
    if (ts.isFunctionLike(child)) return
    const elseIf = ts.isIfStatement(node) && child === node.elseStatement && ts.isIfStatement(child)
    deepest = Math.max(deepest, depthOf(child) + (deepens(child) && !elseIf ? 1 : 0))
  })
  return deepest
}

/** A branch of one plain statement without braces (a guard) is read in one line and adds no level. */
const deepens = (node: ts.Node): boolean => {
  if (!ts.isIfStatement(node)) return ts.isIterationStatement(node, false) || ts.isSwitchStatement(node)
  return node.elseStatement !== undefined || ts.isBlock(node.thenStatement) || deepens(node.thenStatement)
}

function impurities(node: ts.Node, at: (node: ts.Node, rule: string) => void): void {
  if (ts.isPropertyAccessExpression(node) && bannedCalls.has(node.getText()))
    at(node, `${node.getText()} in a pure folder`)
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    if (bannedModules.test(node.moduleSpecifier.text)) at(node, `${node.moduleSpecifier.text} in a pure folder`)
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
    at(node, 'the clock in a pure folder')
  }
  if (ts.isIdentifier(node) && bannedGlobals.has(node.text) && isFree(node)) at(node, `${node.text} in a pure folder`)
}

/** True when the identifier is read as a global: not a property, key, parameter or declared name. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isCallExpression(parent)) return parent.expression === node
  return ts.isElementAccessExpression(parent) && parent.expression === node
}

function declaredName(node: ts.Node): string | null {
  const named =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  return named && node.name ? node.name.text : null
}

function* sources(folder: string): Iterable<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (entry.name.endsWith('.ts')) yield path
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = ['src', 'bench', 'tools', 'test'].flatMap(folder => {
    try {
      return [...sources(folder)]
    } catch {
      return []
    }
  })
  const found = files.flatMap(path =>
    breachesOf(relative('.', path).split(sep).join('/'), readFileSync(join(root, path), 'utf8')),
  )
  for (const { file, line, rule } of found) console.error(`${file}:${line} ${rule}`)
  console.log(`${files.length} files, ${found.length} breaches of the house rules`)
  process.exitCode = found.length > 0 ? 1 : 0
}
