/** Why a file that a model names lies outside of the model, if so; judged as any loader on any system would read it. */
export function leaves(path: string): string | null {
  if (/^[a-z][\w+.-]*:\/\//i.test(path)) return 'is an address'
  if (/^(file|data|https?|ftp|s3|gs|hdfs|ram):/i.test(path)) return 'is an address'
  if (/^[a-z]:/i.test(path)) return 'is on a drive of its own choice'
  if (/^[\\/]/.test(path)) return 'is an absolute path'
  if (/^(~|\$|%)/.test(path)) return 'begins with what the system fills in'
  if (path.split(/[\\/]/).includes('..')) return 'goes up a folder'
  if (/\0/.test(path)) return 'has a NUL, at which some readers cut it off'
  return null
}
