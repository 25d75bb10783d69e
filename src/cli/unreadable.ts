import { Fault } from '../core/index.ts'
import type { OpenedTable } from '../scan/index.ts'

/** @throws Fault when nothing at all of a file can be read, for commands that cannot do without any of its rows */
export function refuseUnreadable({ unreadable }: Pick<OpenedTable, 'unreadable'>): void {
  const first = unreadable[0]
  if (first === undefined) return
  const reason = first.reason.replace(/^Reading ended here: /, '').replace(/\.$/, '')
  throw new Fault('unreadable', `${first.name}: ${reason}.`, 'Name files that can be read whole.')
}
