/** One scan by the built code in a process of its own: prints seconds, processor seconds and peak memory as JSON. */
const [module, path, only] = process.argv.slice(2)
const { scan } = await import(module)
const before = process.cpuUsage()
const begin = performance.now()
const report = await scan(path, { ...(only ? { only: only.split(',') } : {}), seed: 1 })
const seconds = (performance.now() - begin) / 1000
const { user, system } = process.cpuUsage(before)
const judged = report.outcomes.filter(({ status }) => status === 'clean' || status === 'found')
process.stdout.write(
  JSON.stringify({
    seconds,
    processor: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS / 1e6,
    rows: report.coverage.rows,
    detectors: judged.map(({ detector }) => detector),
    failed: report.outcomes.filter(o => o.status === 'failed').map(o => `${o.detector}: ${o.reason}`),
    found: judged.flatMap(o =>
      o.findings.filter(f => f.severity !== 'info').map(f => `${f.severity} ${f.detector}/${f.message}`),
    ),
  }),
)
