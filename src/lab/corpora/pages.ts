import { pick, type Random } from '../../core/index.ts'

const list = (text: string): string[] => text.split('|')

const heads = list('North|South|Old|New|Upper|Lower|Great|Little|East|West|Saint|Black|White|Long|High')
const stems = list(
  'Arden|Bramley|Calder|Dunmore|Elster|Farrow|Galten|Harrow|Ivel|Jarrow|Kellan|Lorne|Mardale|Norvik|Ostrel|Penrith|Quarry|Rowan|Selby|Tarn|Ulver|Varne|Weldon|Yarrow|Zennor|Ashby|Birch|Corrie|Drum|Esk',
)
const kinds = list(
  '|Bridge|Castle|River|Abbey|Railway|Hill|Island|Park|Canal|Theatre|Museum|(album)|(film)|United|Lake',
)

/** Names of pages, all different. */
export function pageNames(count: number, random: Random): string[] {
  const names = new Set<string>()
  for (let tries = 0; names.size < count; tries++) {
    const name = [random() < 0.4 ? pick(heads, random) : '', pick(stems, random), pick(kinds, random)].filter(Boolean)
    names.add(tries < 4 * count ? name.join(' ') : `${name.join(' ')} ${tries}`)
  }
  return [...names]
}

const templates = list(
  '{name} is a {quality} {thing} in the {region} region.|It was {built} in {year} by {person}.|The {thing} lies {number} kilometres from {place}.|In {year} the {body} decided to {act} it.|About {number} people {come} every year.|{person} described it as {quality}.|A {thing} of the same name stood near {place} until {year}.|The {body} of {place} has owned it since {year}.|Its {part} was {built} after the {event} of {year}.|Local {body} records mention it first in {year}.|The {part} is {number} metres long and {quality}.|During the {event} it served as a {thing}.|It appears in a {quality} novel by {person}.|Since {year} a {quality} {event} has been held there.|The name means {quality} {thing} in an old dialect.',
)
const words: Readonly<Record<string, readonly string[]>> = {
  quality: list(
    'small|notable|former|stone|wooden|famous|quiet|ruined|modern|medieval|narrow|listed|remote|busy|restored',
  ),
  thing: list('village|bridge|church|station|mill|harbour|school|market|tower|factory|garden|chapel|house|fort|well'),
  region: list('northern|southern|lake|coastal|upland|border|central|valley|western|eastern'),
  built: list('built|founded|rebuilt|opened|extended|destroyed|painted|restored|closed|sold'),
  person: list(
    'A. Moreau|E. Lindqvist|J. Okafor|R. Tanaka|M. Castell|P. Novak|S. Haddad|L. Byrne|T. Ferreira|K. Aalto',
  ),
  place: list('Arden|Selby|Weldon|the coast|the border|Calder|the old town|Yarrow|the capital|Lorne'),
  body: list('council|parish|county|railway company|trust|ministry|diocese|university|guild|society'),
  act: list('sell|restore|close|extend|protect|rename|drain|light|survey|fence'),
  come: list('visit|work there|pass through|live nearby|study there|attend'),
  part: list('roof|east wing|platform|nave|gate|cellar|archive|tower|garden wall|main hall'),
  event: list('flood|fair|fire|siege|war|strike|festival|plague|regatta|census'),
}

/** A sentence such as an encyclopaedia has. */
export const pageSentence = (name: string, random: Random): string =>
  pick(templates, random).replace(/\{(\w+)\}/g, (_, slot: string) => {
    if (slot === 'name') return name
    if (slot === 'year') return String(1100 + Math.floor(random() * 900))
    if (slot === 'number') return String(2 + Math.floor(random() * random() * 900))
    return pick(words[slot] ?? [slot], random)
  })
