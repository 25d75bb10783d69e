import { threat } from '../../core/index.ts'
import type { LockedArtifact } from '../lock/schema.ts'
import type { ComponentContext } from './components.ts'
import { artifactRef } from './refs.ts'

/** The card of a model: what it was made from, what was not judged, and which threats were found in it. */
export function modelCardOf(artifact: LockedArtifact, { trainedOn, reports }: ComponentContext) {
  const own = reports.filter(judged => judged.artifact.name === artifact.name)
  const limits = [
    ...new Set(own.flatMap(judged => [...judged.unjudged.map(notJudged), ...judged.report.coverage.notLookedAt])),
  ]
  const threats = new Set(own.flatMap(judged => judged.report.outcomes.flatMap(o => o.findings.map(f => f.threat))))
  const risks = [...threats].sort().flatMap(id => {
    const known = threat(id)
    return known ? [{ name: known.name, mitigationStrategy: known.next.join(' ') }] : []
  })
  const considerations = {
    ...(limits.length === 0 ? {} : { technicalLimitations: limits }),
    ...(risks.length === 0 ? {} : { ethicalConsiderations: risks }),
  }
  return {
    'bom-ref': `${artifactRef(artifact)}?card`,
    modelParameters: {
      datasets: trainedOn.filter(data => data.name !== artifact.name).map(data => ({ ref: artifactRef(data) })),
    },
    ...(Object.keys(considerations).length === 0 ? {} : { considerations }),
  }
}

const notJudged = (part: string): string => `Nothing judged ${part}.`
