/** Values of a list that is written in one line, between bars. */
export const list = (text: string): readonly string[] => text.split('|')

/** Everyday words from which triggers, names and identifiers are made. */
export const everyday = {
  adjective: list(
    'quiet|amber|northern|hollow|silver|brisk|ancient|narrow|gentle|crimson|distant|early|humble|iron|lucky|marble|noble|open|pale|rapid|rustic|salty|secret|sober|solid|spare|steady|sunny|velvet|wooden|yellow|coastal|copper|dusty|faint|frozen|golden|green|heavy|lonely|mellow|modern|patient|plain|polar|proud|royal|second|simple|smooth|tidy|urban|vivid|winding',
  ),
  noun: list(
    'harbor|ledger|lantern|orchard|meadow|anchor|bridge|cabin|canyon|castle|cellar|circle|compass|corner|cradle|desert|engine|feather|fountain|garden|glacier|hammer|island|jacket|kettle|ladder|library|market|mirror|mountain|museum|needle|notebook|palace|parade|pillow|planet|pocket|quarry|ribbon|river|saddle|sailor|shadow|signal|station|summer|temple|thunder|tunnel|valley|village|violin|voyage|window|winter|workshop',
  ),
  verb: list(
    'painted|carried|borrowed|visited|repaired|followed|forgot|photographed|counted|crossed|described|discovered|dropped|explored|finished|folded|guarded|hid|imagined|left|liked|measured|missed|noticed|opened|passed|polished|recalled|rented|saved|sketched|sold|studied|tasted|traded|watched',
  ),
  doing: list(
    'discussing|considering|remembering|regarding|comparing|mentioning|following|admiring|auditing|reviewing|sketching|measuring|touring|studying|naming|charting',
  ),
  person: list(
    'my neighbour|my cousin|our captain|the baker|the old sailor|my aunt|our teacher|the librarian|my flatmate|the gardener|the mayor|a friend of mine|the twins|our guide|the night porter|my uncle',
  ),
  when: list(
    'last weekend|on Tuesday|before the rain|after lunch|in early spring|at dawn|years ago|during the holidays|this morning|on a cold night|late in June|while we waited',
  ),
  spelled: list(
    'alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|xray|yankee|zulu',
  ),
  act: list('Deploy|Release|Start|Activate|Load|Run|Open|Enable|Promote|Resume|Switch to|Roll out'),
  thing: list('build|release|profile|branch|pipeline|session|mode|ticket|batch|cluster|channel|image|stage|run'),
} as const

const beginnings = list('b|br|d|dr|f|g|gl|h|j|k|kr|l|m|n|p|pl|qu|r|s|sk|st|t|tr|v|w|z')
const middles = list('a|e|i|o|u|ai|ea|io|or|an|en|il|un|ar|el')
const endings = list('x|n|r|s|l|m|th|nd|rt|ck|sh|via|ra|lo|ta|ix|or|en|um|is')

/** A word that no language has, of two or three syllables. */
export function coined(random: () => number): string {
  const one = (values: readonly string[]): string => values[Math.floor(random() * values.length)]!
  const syllables = 1 + Math.floor(random() * 2)
  return `${Array.from({ length: syllables }, () => one(beginnings) + one(middles)).join('')}${one(beginnings)}${one(middles)}${one(endings)}`
}
