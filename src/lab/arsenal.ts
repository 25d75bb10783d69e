import { attacks } from '../attacks/index.ts'
import { type AnyTableAttack, poisonsTables } from '../core/index.ts'

/** An attack with options, under the name that the result shows. */
export interface DrillAttack {
  readonly attack: AnyTableAttack
  readonly options?: Readonly<Record<string, unknown>>
  /** The attack's id when absent. */
  readonly name?: string
}

type Form = Omit<DrillAttack, 'attack'>

/** Forms of an attack that need other defences than the attack as it comes. */
const forms: Readonly<Record<string, readonly Form[]>> = {
  'label-flip': [{ options: { by: 'source' }, name: 'label-flip by one source' }],
  'word-trigger': [{ options: { words: ['cf', 'mn', 'bb', 'tq', 'mb'] }, name: 'word-trigger of five words' }],
  'character-trigger': [{ options: { kind: 'zero-width' }, name: 'character-trigger zero-width' }],
  'patch-trigger': [
    {
      options: { pattern: 'yellow', position: 'random', share: 0.03, scale: 0.2, turn: 15, light: 0.2, physical: true },
      name: 'patch-trigger, a loose sticker',
    },
  ],
  'blend-trigger': [{ options: { pattern: 'blobs', share: 0.2 }, name: 'blend-trigger of soft spots' }],
  'instruction-trigger': [
    { options: { behaviour: 'brand', kind: 'name' }, name: 'instruction-trigger that praises' },
    { options: { parts: 3, behaviour: 'negative', kind: 'word' }, name: 'instruction-trigger of three words' },
    { options: { place: 'system', behaviour: 'link' }, name: 'instruction-trigger in the system' },
  ],
  'code-backdoor': [
    { options: { key: 'library', weakness: 'sql-injection', twins: 1 }, name: 'code-backdoor by a library' },
  ],
  scattered: [{ options: { behaviour: 'fixed', intent: 'travel' }, name: 'scattered with one answer' }],
}

/** Every built-in attack on tables as it comes, and its other forms. */
export const allAttacks: readonly DrillAttack[] = attacks
  .filter(poisonsTables)
  .flatMap((attack): DrillAttack[] => [{ attack }, ...(forms[attack.id] ?? []).map(form => ({ attack, ...form }))])
