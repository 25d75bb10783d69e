import { describe, expect, it } from 'vitest'
import { canonical } from '../src/core/index.ts'
import { croissantOf, cyclonedxBill, judgedArtifact, spdxLicenses } from '../src/ledger/index.ts'
import { lock as lockShape } from '../src/ledger/lock/schema.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { croissantErrors, cyclonedxErrors, hashesOfBill, spdxIds } from './bill-schemas.ts'
import { projectOf } from './bills.ts'

const at = '2026-11-21T12:00:00Z'
const projects = Array.from({ length: 12 }, (_, seed) => projectOf(seed))
const judgedIn = ({ lock, reports }: (typeof projects)[number]) =>
  reports.map(report =>
    judgedArtifact(lock, report, decide(report, defaultPolicy, new Date(at)), {
      report: 'r',
      artifact: report.artifact.name,
    }),
  )
const about = {
  license: 'cc-by-4.0',
  description: 'Words.',
  url: 'https://example.org/d',
  creator: 'A',
  version: '1.0.0',
}

describe('bills of invented projects', () => {
  const objects = cyclonedxErrors()
  const objectsToCroissant = croissantErrors()

  it('invents locks that are locks', () => {
    for (const { lock } of projects) expect(lockShape.safeParse(lock).error?.issues).toBeUndefined()
  })

  it.each(projects.map((project, seed) => [seed, project] as const))(
    'pass the schema of CycloneDX 1.7 (%i)',
    (_, project) => {
      const bill = cyclonedxBill(project.lock, { at, name: 'project', reports: judgedIn(project), about })
      const text = JSON.parse(JSON.stringify(bill)) as typeof bill
      expect(objects(text)).toEqual([])
      expect(hashesOfBill(bill, project.lock).wrong).toEqual([])
      const findings = project.reports.flatMap(r => r.outcomes.flatMap(o => o.findings))
      expect(bill.vulnerabilities?.length ?? 0).toBe(findings.length)
      expect(danglingIn(text)).toEqual([])
      expect(canonical(cyclonedxBill(project.lock, { at, name: 'project', reports: judgedIn(project), about }))).toBe(
        canonical(bill),
      )
    },
  )

  it.each(projects.map((project, seed) => [seed, project] as const))(
    'pass what Croissant 1.1 demands (%i)',
    (_, project) => {
      for (const artifact of project.lock.artifacts) {
        const bare = croissantOf(artifact, { at })
        expect(objectsToCroissant(bare)).toEqual([])
        expect(objectsToCroissant(croissantOf(artifact, { at, about, reports: judgedIn(project) }))).toEqual([])
        const listed = bare.distribution.flatMap(node => ('sha256' in node ? [node.sha256] : []))
        expect(listed).toEqual(artifact.parts.map(part => part.sha256))
      }
    },
  )

  it('notices what is wrong', () => {
    const { lock } = projects.find(p => p.lock.artifacts.some(a => a.parts.length > 1))!
    const bill = cyclonedxBill(lock, { at, name: 'project' })
    expect(objects({ ...bill, specVersion: 17 })).not.toEqual([])
    expect(
      objects({ ...bill, components: [{ ...bill.components[0], hashes: [{ alg: 'SHA-256', content: 'x' }] }] }),
    ).not.toEqual([])
    expect(objects({ ...bill, extra: 1 })).not.toEqual([])
    const other = structuredClone(lock)
    other.artifacts.find(a => a.parts.length > 1)!.parts[0]!.sha256 = 'f'.repeat(64)
    expect(hashesOfBill(bill, other).wrong.length).toBe(1)
    const { license: _, ...unlicensed } = croissantOf(lock.artifacts[0]!, { at })
    expect(objectsToCroissant(unlicensed)).not.toEqual([])
  })

  it('names licences as SPDX does', () => {
    const official = new Set(spdxIds())
    expect(spdxLicenses.filter(id => !official.has(id))).toEqual([])
  })
})

/** References of a bill to nothing, and names that it gives twice. */
function danglingIn(bill: object): string[] {
  const defined: string[] = []
  const used: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'bom-ref') defined.push(String(inner))
        else if (key === 'ref') used.push(String(inner))
        else if (key === 'dependsOn' || key === 'assemblies') used.push(...(inner as string[]))
        else visit(inner)
      }
  }
  visit(bill)
  const known = new Set(defined)
  const twice = known.size === defined.length ? [] : ['a bom-ref is given twice']
  return [...used.filter(ref => !known.has(ref)).map(ref => `${ref} is nowhere`), ...twice]
}
