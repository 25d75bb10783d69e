const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const digest = /^[0-9a-f]{64}$/

/** The commit that a revision is; a branch, a tag and a shortened id are none. */
export const commitOf = (revision: string | undefined): string | null =>
  revision !== undefined && commit.test(revision.trim().toLowerCase()) ? revision.trim().toLowerCase() : null

/** The SHA-256 that a text is, with or without the name of the algorithm before it. */
export function digestOf(text: string | undefined): string | null {
  const hex =
    text
      ?.trim()
      .toLowerCase()
      .replace(/^sha-?256[:=-]/, '') ?? ''
  return digest.test(hex) ? hex : null
}

/** Places of the revision in addresses of hosts that serve Git: what they serve for a commit cannot change. */
const revisions: readonly RegExp[] = [
  /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/(?:[^?#]*?)\/(?:resolve|blob|raw|tree)\/([^/?#]+)/i,
  /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/([^/?#]+)\//i,
  /^https?:\/\/(?:www\.)?github\.com\/[^/]+\/[^/]+\/(?:archive|raw|blob|tree|zipball|tarball)\/([^/?#]+?)(?:\.zip|\.tar\.gz)?(?:[/?#]|$)/i,
  /^https?:\/\/codeload\.github\.com\/[^/]+\/[^/]+\/[^/]+\/([^/?#]+)/i,
  /^https?:\/\/gitlab\.com\/[^?#]+\/-\/(?:raw|blob|tree|archive)\/([^/?#]+)/i,
  /^hf:\/\/(?:datasets\/|spaces\/|models\/)?[^/@]+\/[^/@]+@([^/]+)/i,
  /^git\+[a-z]+:\/\/[^#]*@([^@/#]+)(?:#|$)/i,
]

/** The pin that an address carries in itself; null when it names what its owner may change. */
export function pinIn(url: string): string | null {
  const fragment = /[#&?](?:sha256)=([0-9a-f]{64})\b/i.exec(url)?.[1] ?? /@sha256:([0-9a-f]{64})$/i.exec(url)?.[1]
  if (fragment !== undefined) return fragment.toLowerCase()
  for (const pattern of revisions) {
    const revision = pattern.exec(url)?.[1]
    if (revision !== undefined) return commitOf(decoded(revision))
  }
  return null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const mostUrl = 400

/** An address as it may be shown and kept: without names, passwords and signatures in it. */
export const shownUrl = (url: string): string =>
  url
    .trim()
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@(?=[^/]*(?:\/|$))/i, '$1')
    .replace(/\?[^#]*/, '')
    .slice(0, mostUrl)

/** An address that is fetched over a network. */
export const isUrl = (text: string): boolean => /^(?:https?|ftp|s3|gs|hf|git|git\+[a-z]+|ssh):\/\/\S+$/i.test(text)

/** `owner/name` as hubs write it. A path of this form cannot be told from it. */
export const isRepository = (text: string): boolean =>
  /^[A-Za-z0-9][\w.-]{0,95}\/[\w.-]{1,96}$/.test(text) && !/\.(?:json|txt|py|bin|pt|pth|ckpt|csv|jsonl)$/i.test(text)
