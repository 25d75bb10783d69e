import type { Judge } from './verdict.ts'

/** Judges compiled Python: nobody can review it, and whoever loads it runs it. */
export const judgeMarshal: Judge = ({ by }) => {
  const remedy = 'Delete it, and build what you need from a source that you have read.'
  if (by === 'compiled file') {
    const mechanism = 'A compiled file of Python, which is run in place of its source where it is imported.'
    return { list: 'review', severity: 'hold', mechanism, remedy }
  }
  const mechanism = 'A code object of Python as `marshal` writes it: what a loader makes of it is a function to be run.'
  return { list: 'denied', severity: 'block', mechanism, remedy }
}
