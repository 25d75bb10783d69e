import type { HiddenKind } from '../../statistics/index.ts'

/** Whether a kind of hidden characters can be honest. */
export interface Nature {
  /**
   * `payload`: nobody writes it by hand; `control`: honest but rare, and able to mislead; `disguise`: a typing error
   * once, a method when repeated; `seldom`: an accident of copying, so rare that
   * several rows of a small table are none; `honest-alone`: ordinary, telling only when it goes with a label.
   */
  readonly is: 'payload' | 'control' | 'disguise' | 'seldom' | 'honest-alone'
  readonly why: string
}

const alone: Nature = { is: 'honest-alone', why: '' }

export const natureOf: Readonly<Record<HiddenKind, Nature>> = {
  tags: { is: 'payload', why: '' },
  'variation-payload': { is: 'payload', why: '' },
  'zero-width-payload': { is: 'payload', why: '' },
  'bidi-override': {
    is: 'control',
    why: 'they show the text in another order than a model reads it, which no language needs.',
  },
  'ansi-escape': { is: 'control', why: 'they can hide or overwrite text on a terminal.' },
  lookalike: {
    is: 'disguise',
    why: 'letters of another script stand between Latin letters, so that readers and models see different words.',
  },
  'latin-lookalike': alone,
  'split-word': { is: 'seldom', why: '' },
  'zero-width': alone,
  'bidi-control': alone,
  'flag-remains': alone,
  filler: alone,
  'invisible-operator': alone,
  'soft-hyphens': alone,
  'private-use': alone,
  control: alone,
  'deprecated-format': alone,
}

export const nameOf: Readonly<Record<HiddenKind, string>> = {
  tags: 'characters of the invisible tag block',
  'variation-payload': 'rows of variation selectors',
  'zero-width-payload': 'runs of mixed zero-width characters',
  'bidi-override': 'direction overrides',
  'ansi-escape': 'terminal escape sequences',
  lookalike: 'words with look-alike letters of another script',
  'latin-lookalike': 'words with Latin look-alikes inside another script',
  'split-word': 'zero-width characters inside words whose alphabet needs none',
  'zero-width': 'zero-width characters where no script needs them',
  'bidi-control': 'direction controls in left-to-right text',
  'flag-remains': 'the invisible remains of flag emoji',
  filler: 'blank filler letters',
  'invisible-operator': 'invisible operators',
  'soft-hyphens': 'runs of soft hyphens',
  'private-use': 'private-use characters',
  control: 'control characters',
  'deprecated-format': 'deprecated format characters',
}
