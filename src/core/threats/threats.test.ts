import { describe, expect, it } from 'vitest'
import { explainId } from './explain.ts'
import {
  framework,
  frameworkEntries,
  frameworkEntry,
  frameworkIds,
  frameworks,
  threat,
  threats,
  translateId,
} from './index.ts'
import { mappings } from './mappings.ts'

/** Identifiers and names that circulate and are wrong, retired or not verified. None may be in the table. */
const denied = [
  'AML.T0019',
  'AML.T0058',
  'AML.T0104',

  'AML.T0140',
  'CWE-367',
  'CWE-1425',
  'CWE-1428',
  'CWE-1429',
  'CWE-1430',
]
const deniedNames: Readonly<Record<string, string>> = {
  'AML.T0131': 'Model Degradation',
  'AML.T0018.001': 'Inject Payload',
  'AML.T0018': 'Backdoor ML Model',
  'AML.T0020': 'Poison Training Data',
  'AML.TA0001': 'AI Attack Staging',
}

describe('the threat table', () => {
  it('knows the fourteen threats, each with words of its own and something to do', () => {
    expect(threats).toHaveLength(14)
    expect(new Set(threats.map(t => t.id)).size).toBe(14)
    for (const t of threats) {
      expect(threat(t.id)).toBe(t)
      expect(t.meaning.length).toBeGreaterThan(60)
      expect(t.next.length).toBeGreaterThanOrEqual(2)
    }
    expect(threat('no-such-threat')).toBeNull()
  })

  it('maps every threat, and only threats', () => {
    expect(Object.keys(mappings).sort()).toEqual(threats.map(t => t.id).sort())
  })

  it('maps to identifiers that are in the table', () => {
    const all = Object.values(mappings).flatMap(m => [...m.primary, ...m.related, ...m.mitigations, ...m.caseStudies])
    expect(all.filter(id => !frameworkEntry(id))).toEqual([])
    expect(frameworkEntries.filter(e => !framework(e.framework))).toEqual([])
    expect(new Set(frameworkEntries.map(e => e.id.toUpperCase())).size).toBe(frameworkEntries.length)
  })

  it('holds no wrong, retired or unverified identifier', () => {
    expect(denied.filter(id => frameworkEntry(id))).toEqual([])
    expect(frameworks.some(f => f.id === 'databricks-dasf')).toBe(false)
    for (const [id, wrong] of Object.entries(deniedNames)) expect(frameworkEntry(id)?.name).not.toBe(wrong)
    for (const t of threats) expect(frameworkIds(t.id).map(f => f.id)).not.toEqual(['CWE-1426'])
  })

  it.each(threats.map(t => t.id))('prints each identifier of %s with its edition, never a bare one', id => {
    const ids = frameworkIds(id)
    expect(ids.length).toBeGreaterThan(3)
    for (const { printed } of ids) expect(printed).toMatch(/^LLM\d\d:2026$|^ML\d\d:2023$|^\S+ \(.+ \S+\)$/)
    expect(ids.some(f => /:2025/.test(f.id))).toBe(false)
    expect(frameworkIds(id, { edition: '2025' }).some(f => f.id.startsWith('LLM') && f.id.endsWith(':2026'))).toBe(
      false,
    )
  })

  it('keeps the editions of the OWASP list apart', () => {
    const llm = (edition: '2026' | '2025') =>
      frameworkIds('data-injection', { edition }).flatMap(f => (f.id.startsWith('LLM') ? [f.printed] : []))
    expect(llm('2026')).toEqual(['LLM05:2026'])
    expect(llm('2025')).toEqual(['LLM04:2025'])
    expect(frameworkIds('data-injection').map(f => f.printed)).toContain('AML.T0020 (ATLAS 2026.09)')
  })
})

describe('translateId', () => {
  it('takes a current identifier as it is, in either case', () => {
    expect(translateId('aml.t0020')).toEqual({ ids: ['AML.T0020'] })
    expect(translateId('LLM05:2026')).toEqual({ ids: ['LLM05:2026'] })
  })

  it('translates retired and renumbered identifiers and says so', () => {
    expect(translateId('AML.T0019')).toMatchObject({
      ids: ['AML.T0115.000'],
      warning: expect.stringContaining('retired'),
    })
    expect(translateId('LLM04:2025')).toMatchObject({ ids: ['LLM05:2026'], warning: expect.stringContaining('2025') })
    expect(translateId('DP')?.ids).toEqual(['riskDataPoisoning'])
    for (const id of ['AML.T0019', 'AML.T0058', 'AML.T0104', 'LLM04:2025', 'PIJ'])
      for (const now of translateId(id)!.ids) expect(frameworkEntry(now)).not.toBeNull()
  })

  it('names both meanings of an identifier without a year', () => {
    expect(translateId('LLM04')?.ids).toEqual(['LLM04:2026', 'LLM05:2026'])
    expect(translateId('LLM01')?.ids).toEqual(['LLM01:2026'])
  })

  it('refuses what never was an identifier', () => {
    for (const id of ['AML.T0140', 'LLM11', 'CWE-1428', '']) expect(translateId(id)).toBeNull()
  })
})

describe('explainId', () => {
  it('explains threats, frameworks and their entries', () => {
    expect(explainId('clean-label')?.[0]).toMatchObject({ kind: 'threat', title: 'Clean-label poisoning' })
    expect(explainId('mitre-atlas')?.[0]).toMatchObject({ kind: 'framework', url: 'https://atlas.mitre.org/' })
    const [entry] = explainId('AML.T0020')!
    expect(entry).toMatchObject({
      kind: 'framework-entry',
      title: 'Training Data Poisoning',
      id: 'AML.T0020 (ATLAS 2026.09)',
    })
    expect(entry!.see.map(s => s.id)).toContain('data-injection')
  })

  it('explains what a retired or ambiguous identifier became, with a warning', () => {
    expect(explainId('LLM04')).toHaveLength(2)
    expect(explainId('AML.T0058')?.[0]?.warning).toContain('AML.T0115.001')
    expect(explainId('nonsense')).toBeNull()
  })
})
