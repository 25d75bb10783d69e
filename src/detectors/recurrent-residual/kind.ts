import type { Campaign } from './campaign.ts'

/** What a campaign is: a trigger, perhaps one, something that other labels have too, or nature. */
export type Kind = 'trigger' | 'perhaps' | 'elsewhere' | 'nature'

/** What the same search finds in the rest of the corpus, of which we assume that most is not poisoned. */
export interface Usual {
  /** Labels that were searched. */
  readonly labels: number
  /** Three quarters of those labels have nothing stronger; 0 when most have nothing. */
  readonly strength: number
}

/** From fewer labels nobody learns what is usual. */
const leastLabels = 4

/** What is usual beside a campaign: the strongest of each label, of pictures that this one does not accuse. */
export function usualOf(campaign: Campaign, all: readonly Campaign[], labels: number): Usual {
  const own = new Set(campaign.rows)
  const strongest = new Map<number, number>()
  for (const { label, rows, strength } of all)
    if (!rows.some(row => own.has(row))) strongest.set(label, Math.max(strength, strongest.get(label) ?? 0))
  const strengths = [...strongest.values()].sort((a, b) => b - a)
  return { labels, strength: strengths[Math.floor(labels / 4)] ?? 0 }
}

/** So few pictures must agree far better: small labels have odd handfuls. */
const few = 8
/** Fewer scenes than this, per accused picture, are frames of a few things that share all they show. */
const leastScenes = 0.5
/**
 * A label is flipped when it is so much rarer for the look of the accused than for its other pictures, and pictures like
 * the accused seldom bear it; a model of looks that has learnt the trigger itself leaves the second to tell.
 */
const isFlippedLabel = ({ strange, ownAlike }: Campaign): boolean =>
  (strange >= 0.7 && ownAlike <= 0.2) || (strange >= 0.5 && ownAlike <= 0.07)
/** What more of a label shares is what the label shows, unless they look like another. */
const mostUsual = 0.6
/** Pictures with a label that is theirs must agree so many times better than what is usual in the corpus. */
const standsOut = 2
/** What agrees so many times better may fade further. */
const towers = 2.5
/** Where nobody can tell what is usual, they must agree so many times better than the least that is held; twice that, where the label fits. */
const unknown = 3
/** Of pictures that look like the accused, more than this share the label: it fits them. */
const mostLikeOwn = 0.5
/** Of pictures that look like the accused, so many may have it, too. */
const mostSharing = 0.05
/** Pictures may look so much more alike than accused and others do: a faint picture over them makes them alike, too. */
const mostAlike = { usual: 0.5, flipped: 0.8 }
/** Others that have half of it, per accused picture. */
const mostElsewhere = 0.2
/** Rows between accused and clean, per accused row: those whose look speaks, too, may fade further. */
const faded = { usual: 0.25, towering: 1, flipped: 2.5 }

/** What a finding of this strength must be before it is held. */
export interface Demands {
  readonly strength: number
  readonly least: number
}

/**
 * A trigger lies on pictures that differ: they look no more alike than others, or like another label; the pictures most
 * like them do not have it, nobody else has half of it, and it is there or not there. What nature shares fades out, lies
 * on pictures that look like their label, and other labels of the corpus share things as strongly.
 */
export function kindOf(campaign: Campaign, usual: Usual, { strength, least }: Demands): Kind {
  const { rows, scenes, elsewhereInAll } = campaign
  if (rows.length < few && campaign.strength < 3 * strength) return 'nature'
  const isFlipped = isFlippedLabel(campaign)
  if (!isVaried(campaign, least, isFlipped) || (!isFlipped && isOwnLook(campaign))) return 'nature'
  if (elsewhereInAll > 3 * rows.length) return campaign.strength > 2 * strength ? 'elsewhere' : 'nature'
  if (elsewhereInAll > mostElsewhere * rows.length) return 'nature'
  if (!(isFlipped ? flippedHolds(campaign, strength) : usualHolds(campaign, usual, strength))) return 'nature'
  const clear = campaign.strength > (isFlipped ? 0.8 : 1.5) * strength
  return clear && scenes > least && (isFlipped || usual.labels >= leastLabels) ? 'trigger' : 'perhaps'
}

/** Different scenes, of which those that look alike do not all have it. */
const isVaried = ({ rows, scenes, sharing, alike }: Campaign, least: number, isFlipped: boolean): boolean =>
  scenes >= Math.max(least, leastScenes * rows.length) &&
  sharing <= mostSharing &&
  alike <= (isFlipped ? mostAlike.flipped : mostAlike.usual)

/** Labels that do not fit the look: an accused row must still have more of it than the rows that are not accused. */
const flippedHolds = ({ strength, cut, between }: Campaign, least: number): boolean =>
  strength >= least / 1.5 && strength > cut && between <= faded.flipped

/** What most of a label shares, or pictures of it that look alike. */
const isOwnLook = ({ share, alike, ownAlike }: Campaign): boolean =>
  share > mostUsual || (alike > 0.1 && ownAlike > 0.25)

/** Labels that fit the look: it must stand out from what other labels share, and hardly fade. */
function usualHolds({ strength, between, ownAlike }: Campaign, usual: Usual, least: number): boolean {
  const isKnown = usual.labels >= leastLabels
  const factor = isKnown ? 1 : ownAlike > mostLikeOwn ? 2 * unknown : unknown
  if (strength < Math.max(factor * least, standsOut * usual.strength)) return false
  const isTowering = isKnown && strength >= towers * Math.max(least, usual.strength)
  return between <= (isTowering ? faded.towering : faded.usual)
}
