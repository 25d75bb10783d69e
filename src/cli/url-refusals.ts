import { Fault } from '../core/lean.ts'

/** Flags that mean something only beside `--urls`, as commander names them. */
const onlyWith = ['from', 'network', 'rdap', 'rdapLive', 'bootstrap', 'allowPrivate', 'fetchedAt', 'out', 'force']
const onlyWithToo = ['outClean', 'outQuarantine', 'observed', 'url', 'digest', 'policy', 'set']
/** Flags that mean nothing beside it: what is accepted is done. */
const never = ['signature', 'fast', 'paranoid', 'allowIgnored', 'cache', 'scan', 'report', 'remove', 'ignore']

const written = (name: string): string => `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
const given = (flags: object, names: readonly string[]): string | undefined => {
  const all = new Map<string, unknown>(Object.entries(flags))
  return names.find(name => all.get(name) !== undefined && all.get(name) !== false)
}

/** @throws Fault for a flag that would be accepted and not done because there is no `--urls` */
export function refuseWithoutUrls(flags: object, command: 'lock' | 'verify'): void {
  const name = given(flags, command === 'verify' ? [...onlyWith, ...onlyWithToo] : onlyWith)
  if (name !== undefined)
    throw new Fault('bad-option', `${written(name)} has no meaning without --urls.`, 'Name a list with --urls.')
}

/** @throws Fault for a path or a flag that `--urls` leaves no meaning to */
export function refuseWithUrls(paths: readonly string[], flags: object, command: 'lock' | 'verify'): void {
  if (paths.length > 0)
    throw new Fault(
      'bad-option',
      `--urls takes one list and no paths beside it: ${paths[0]}.`,
      'Run the command twice.',
    )
  const name = given(
    flags,
    command === 'verify' ? never : never.filter(each => !['paranoid', 'fast', 'cache'].includes(each)),
  )
  if (name !== undefined) throw new Fault('bad-option', `${written(name)} has no meaning with --urls.`, 'Leave it out.')
}
