import type { LockedArtifact } from '../lock/schema.ts'

/** Where an artifact came from, pinned to its commit, as SPDX writes download locations; null when it is not known. */
export function originUri(artifact: LockedArtifact): string | null {
  const page = originPage(artifact)
  return page === null ? null : `git+${page}@${artifact.origin!.commit}`
}

/** Address of the repository that an artifact came from; null when it is not known or would tell a password. */
export function originPage({ kind, origin }: LockedArtifact): string | null {
  if (!origin || origin.repository === '') return null
  const { repository } = origin
  const folder = kind === 'model' ? '' : 'datasets/'
  const isShort = origin.kind === 'huggingface' && /^[\w.-]+\/[\w.-]+$/.test(repository)
  const address = isShort ? `https://huggingface.co/${folder}${repository}` : repository
  return /^(https?|ssh|git):\/\/[^\s<>"{}|\\^`]+$/.test(address) && !hasPassword(address) ? address : null
}

/** Addresses of remotes may carry a password; it does not belong into a document that is handed on. */
const hasPassword = (address: string): boolean => /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(address)
