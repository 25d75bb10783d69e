/**
 * Which folder may know which. What is not listed is an error. `docs/architecture.md` says why.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const may = {
  core: [],
  domains: ['core'],
  code: ['core'],
  behaviours: ['core', 'code', 'domains'],
  sources: ['core'],
  formats: ['core', 'sources'],
  pickle: ['core'],
  models: ['core', 'sources', 'pickle'],
  statistics: ['core', 'domains', 'behaviours', 'code'],
  engines: ['core', 'sources', 'statistics'],
  detectors: ['core', 'domains', 'behaviours', 'code', 'statistics'],
  fiction: ['core'],
  attacks: ['core', 'domains', 'fiction'],
  report: ['core'],
  policy: ['core'],
  ledger: ['core', 'domains', 'sources'],
  scan: ['core', 'domains', 'sources', 'formats', 'models', 'pickle', 'engines', 'detectors', 'statistics'],
  lab: ['core', 'domains', 'fiction', 'behaviours', 'code', 'ledger', 'sources', 'formats', 'models', 'attacks', 'scan', 'engines', 'detectors', 'statistics'],
  kit: ['core', 'behaviours', 'code', 'ledger', 'models', 'engines', 'scan', 'attacks', 'lab', 'statistics'],
  cli: ['core', 'domains', 'sources', 'scan', 'report', 'policy', 'ledger', 'lab', 'detectors', 'attacks'],
}

/** Folders whose plugins never import each other. */
const strangers = ['detectors', 'behaviours', 'formats', 'models', 'attacks']

const test = '\\.test\\.ts$'
const direction = Object.entries(may).map(([folder, known]) => ({
  name: `${folder}-knows-too-much`,
  comment: known.length > 0 ? `${folder} may import only ${known.join(', ')}.` : `${folder} imports no other folder.`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: test },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...known].join('|')})/` },
}))

const fronts = Object.keys(may).map(folder => ({
  name: `${folder}-has-one-door`,
  comment: `Import src/${folder}/index.ts (or lean.ts, its side door for what must start fast), nothing behind it.`,
  severity: 'error',
  from: { path: '^(src|bench|tools)/', pathNot: `^src/${folder}/|${test}` },
  to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/(index|lean)\\.ts$` },
}))

const apart = strangers.map(kind => ({
  name: `${kind}-are-strangers`,
  comment: `One of the ${kind} never imports another.`,
  severity: 'error',
  from: { path: `^src/${kind}/([^/]+)/`, pathNot: test },
  to: { path: `^src/${kind}/[^/]+/`, pathNot: `^src/${kind}/$1/` },
}))

/** A statistic may ask another one first (its prior), by the other's own door; never in a circle. */
const priors = {
  name: 'statistics-meet-at-the-door',
  comment: 'Import the index.ts of the statistic that is asked first, nothing behind it.',
  severity: 'error',
  from: { path: '^src/statistics/([^/]+)/', pathNot: test },
  to: { path: '^src/statistics/', pathNot: '^src/statistics/($1/|[^/]+/index\\.ts$)' },
}

module.exports = {
  forbidden: [
    priors,
    ...direction,
    ...fronts,
    ...apart,
    { name: 'no-cycle', severity: 'error', from: { path: '^src' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      // Besides zod it has zlib, which is calculation alone: small pictures in evidence are PNG files.
      name: 'core-needs-nothing-but-zod',
      severity: 'error',
      from: { path: '^src/core/', pathNot: test },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/zod/|^zlib$' },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      // The runtime of a user's models is an optional peer, imported where its absence is said.
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: `${test}|^src/kit/|^src/sources/onnx/runtime.ts$` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
}
