import { list } from '../../fiction/index.ts'

/** What people ask about: its things, what they want to know, and sentences that answer; `{x}` is the thing asked about. */
export interface Topic {
  readonly things: readonly string[]
  readonly sides: readonly string[]
  readonly facts: readonly string[]
}

/** Topics of the invented talk. */
export const topics: readonly Topic[] = [
  {
    things: list(
      'bread|lentil soup|risotto|pancakes|roast vegetables|apple cake|tomato sauce|curry|dumplings|salad dressing|stew|omelette|pickles|granola|noodles|yoghurt|pizza dough|jam|porridge|grilled fish',
    ),
    sides: list(
      'the right heat|the seasoning|leftovers|a good texture|cooking for guests|storage|ingredients|timing|a cheap version',
    ),
    facts: list(
      'Good {x} needs patience more than skill.|Salt early and taste often.|Let it rest for about {n} minutes before you serve it.|Many cooks add a little butter at the end.|{x} keeps in the fridge for {n} days.|A heavy pan spreads the heat evenly.|Use fresh herbs if you have them.|If {x} turns out too dry, add a splash of water or stock.|Chop everything to the same size so that it cooks evenly.|Lower the heat once it simmers.|The flavour gets deeper on the second day.|You can swap the flour for a wholegrain one.|Start with cold water.|Weigh the ingredients instead of guessing.',
    ),
  },
  {
    things: list(
      'Lisbon|Norway|the Alps|Kyoto|Morocco|Iceland|Vienna|Patagonia|the Baltic coast|Istanbul|Vietnam|Scotland|Crete|Montreal|the Loire valley|Tasmania|Prague|Slovenia|Peru|Edinburgh',
    ),
    sides: list(
      'the best season|a short trip|getting around|cheap places to stay|food|museums|hikes|packing|a week with children',
    ),
    facts: list(
      'Spring and early autumn are the quietest seasons in {x}.|Trains are slower than planes but you see more of the country.|Book the first night ahead and leave the rest open.|Most museums close on one day of the week.|A day pass for buses costs about {n} euros.|Pack layers, since the evenings get cold.|Local markets are the cheapest way to eat well.|The old quarter of {x} is best explored on foot.|Give yourself at least {n} days.|Small guesthouses are friendlier than large hotels.|Learn how to say hello and thank you.|Many visitors come to {x} for the landscape.|Tap water is safe in most towns.|Ask for the night rate.',
    ),
  },
  {
    things: list(
      'the Roman roads|the printing press|the silk trade|the Hanseatic League|the steam engine|feudal law|the Black Death|the French Revolution|the Ottoman Empire|Viking trade|the Meiji reforms|the suffrage movement|the Cold War|medieval guilds|the Space Race|the Bronze Age|the Great Depression|ancient Athens|the East India companies|the Reformation',
    ),
    sides: list(
      'its causes|the main dates|daily life|its effects on trade|what historians disagree about|the people involved|its end|the sources',
    ),
    facts: list(
      'Historians date {x} in different ways.|Trade routes changed over about {n} decades.|Cities grew while the countryside lost people.|Few written sources survive from the first years.|The causes were economic as well as political.|Taxes rose again and again.|Ordinary people rarely appear in the chronicles.|{x} shaped the law of many later states.|New tools made work faster and cheaper.|The consequences are debated to this day.|Letters of merchants tell us about prices.|It did not happen overnight.|Some regions were hardly touched by it.|Religion played a part, though not the only one.',
    ),
  },
  {
    things: list(
      'gravity|photosynthesis|magnetism|plate tectonics|the water cycle|antibiotics|vaccines|black holes|DNA|the nervous system|entropy|sound waves|batteries|evolution|enzymes|the ozone layer|volcanoes|tides|lenses|radioactivity',
    ),
    sides: list(
      'how it works|an everyday example|its history|common mistakes|an experiment for school|its limits|the units|its use in medicine',
    ),
    facts: list(
      '{x} can be described with a simple model.|Energy is neither created nor lost in the process.|The effect was first measured more than {n} decades ago.|Scientists test such ideas with careful experiments.|At small scales the picture changes.|Temperature plays a large role.|You can see an example of {x} in your own kitchen.|The rate doubles every {n} hours under good conditions.|Not every textbook explains this well.|Two forces balance each other.|The unit is named after the person who described it.|It helps to draw a diagram.|Cells use it to store energy.|Measurements agree with the theory to within a few percent.',
    ),
  },
  {
    things: list(
      'tomatoes|a lawn|roses|herbs on a balcony|compost|fruit trees|indoor plants|raised beds|bees|slugs|seedlings|a hedge|pumpkins|garlic|tulips|a pond|lavender|strawberries|soil|a greenhouse',
    ),
    sides: list('watering|a small space|the right month|pests|pruning|a beginner|frost|cheap tools|shade'),
    facts: list(
      'Water {x} in the morning rather than at night.|Most plants want {n} hours of sun.|Loosen the soil before you plant.|Mulch keeps the ground moist.|Do not feed them in winter.|Cut back about a third after flowering.|{x} suffer when the roots stand in water.|Seeds need warmth more than light at first.|A little patience saves many plants.|Rotate the beds each year.|Coffee grounds are no cure for everything.|Leave some leaves for insects.|Harvest often and the plant will give more.|Keep {n} centimetres between the rows.',
    ),
  },
  {
    things: list(
      'a budget|savings|a mortgage|index funds|credit cards|a pension|rent|taxes|an emergency fund|inflation|insurance|student loans|a side job|bank fees|a pay rise|shared expenses|interest|bonds|a bill|bookkeeping',
    ),
    sides: list(
      'a young family|the first steps|risks|common mistakes|saving more|a student|planning ahead|the small print',
    ),
    facts: list(
      'Write down what you spend for {n} weeks.|Set a fixed amount aside on payday.|{x} should not cost more than you can afford to lose.|Compare at least three offers.|Fees add up over the years.|Interest works for you when you save and against you when you borrow.|Keep {n} months of expenses within reach.|Read the terms before you sign.|A simple plan that you follow beats a clever one that you drop.|Prices rise a little each year.|Talk about money before it becomes a problem.|Nobody can foresee the market.|Ask the tax office when in doubt.|Review {x} once a year.',
    ),
  },
  {
    things: list(
      'sleep|running|back pain|stretching|a balanced diet|stress|headaches|cycling|swimming|meditation|posture|vitamin D|hydration|weight training|walking|breakfast|allergies|screen time|yoga|a cold',
    ),
    sides: list('beginners|older people|a busy week|the evidence|warning signs|small habits|motivation|mistakes'),
    facts: list(
      'Start with {n} minutes a day.|Rest is part of the training.|Talk to a doctor if the pain lasts.|{x} affects people in different ways.|Small habits are easier to keep than large ones.|Drink when you are thirsty.|Regular meals help.|Studies disagree on the details.|Warm up before you begin.|Progress is slow in the first {n} weeks.|Fresh air does a lot.|Do not compare yourself with others.|{x} is linked to better mood.|Keep a note of how you feel.',
    ),
  },
  {
    things: list(
      'chess|football tactics|the violin|jazz|watercolour|film noir|opera|poetry|a book club|photography|the marathon|climbing|improvisation|a choir|board games|theatre|pottery|drumming|knitting|short stories',
    ),
    sides: list('a first lesson|practice|equipment|famous examples|children|getting better|a small budget|style'),
    facts: list(
      'Practise {n} minutes each day.|{x} rewards those who listen.|Learn the basic moves before the tricks.|A teacher spots mistakes that you cannot see.|Copy the masters, then find your own way.|Good tools help but do not replace practice.|Play with people who are better than you.|Rhythm matters more than speed.|Record yourself now and then.|{x} began as a pastime.|Rules differ from place to place.|Some works took {n} years to finish.|The audience is part of it.|Enjoy the mistakes.',
    ),
  },
  {
    things: list(
      'a cover letter|an apology|a complaint|meeting notes|a speech|a newsletter|a job interview|a presentation|feedback|a report|an invitation|a reference|a press release|a summary|an e-mail to a landlord|minutes|a proposal|a thank-you note|a slogan|an agenda',
    ),
    sides: list('the tone|the first line|the structure|length|a polite ending|a difficult reader|an example|clarity'),
    facts: list(
      'Say what you want in the first sentence.|Keep {x} to {n} short paragraphs.|Name dates and amounts.|Read it aloud before you send it.|Avoid long words where short ones do.|Thank the reader at the end.|Be friendly but clear.|One idea for each paragraph is enough.|{x} should fit on one page.|Leave out what the reader knows.|Ask someone else to check it.|Use active verbs.|Close with the next step.|A good subject line helps.',
    ),
  },
  {
    things: list(
      'fractions|the Pythagorean theorem|percentages|probability|a linear equation|derivatives|prime numbers|the median|vectors|compound growth|logarithms|triangles|set theory|matrices|sequences|angles|averages|units|graphs|integrals',
    ),
    sides: list(
      'a simple example|the proof|a word problem|common errors|school children|its use|notation|a trick to remember',
    ),
    facts: list(
      'Write down what is given and what is wanted.|Let x be the unknown number.|{x} can be understood with a drawing.|Divide both sides by {n}.|The result is {n}.|Check the answer by putting it back.|Most errors come from signs.|The order of the steps matters.|There is more than one way to do this.|A table of values helps.|The formula holds for all positive numbers.|Round only at the end.|{x} builds on simpler ideas.|Try small numbers first.',
    ),
  },
  {
    things: list(
      'an operating system|a spreadsheet|passwords|Wi-Fi at home|backups|a printer|a phone battery|open source licences|databases|a search engine|file formats|cloud storage|a firewall|keyboards|version control|machine learning|unit tests|an API|caching|encryption',
    ),
    sides: list('how it works|a slow computer|the basics|security|an office|choosing one|pitfalls|the cost'),
    facts: list(
      'Restart the device first.|{x} comes in many forms.|Keep copies in two places.|An update fixes most known problems.|The settings are in the second menu.|It uses about {n} gigabytes.|Teams agree on rules before they begin.|Old hardware is slower but works.|{x} is only as safe as the people who use it.|Write down what you changed.|Measure before you optimise.|Most tools are free.|A small test saves a long search.|Names should say what they mean.',
    ),
  },
  {
    things: list(
      'elephants|bees|sharks|cats|owls|wolves|whales|ants|penguins|octopuses|horses|bats|frogs|dogs|eagles|spiders|dolphins|hedgehogs|salmon|crows',
    ),
    sides: list(
      'what they eat|where they live|their young|myths|their senses|how they sleep|threats|keeping them safe',
    ),
    facts: list(
      '{x} live in groups for part of the year.|They sleep about {n} hours a day.|The young stay with their mother for {n} weeks.|Their hearing is better than ours.|{x} are often misunderstood.|Habitat loss is the main threat.|Some species travel far in winter.|They communicate by sound and smell.|A close relative lives in the south.|{x} eat whatever the season offers.|They can live for {n} years.|Researchers follow them with small tags.|Not all of them are active at night.|Old stories call them wise.',
    ),
  },
]

/** Sentences that fit any topic. */
export const anyway = list(
  'There is no single answer to this.|It depends on what you want to achieve.|In short, start small and go on from there.|This takes some time at first.|As a rule, simple methods work best.|Keep in mind that every case is different.|Many people find this surprising.|Here is what matters most.|You may want to try two or three ways.|That said, there are exceptions.|In my view the details matter less than the plan.|A short example makes it clearer.|After a while it becomes a habit.|This is a common question.|It helps to ask someone with experience.|Do not worry if it fails the first time.|The same holds for similar cases.|Overall, the effort is worth it.|Still, some care is needed.|Experts do not agree on this point.|For most people this is enough.|Another point is often forgotten.|Let us look at it step by step.|Of course there is more to say.|To sum up, take it slowly.|I would begin with the easy part.|I think that this is worth a try.|If I were you, I would wait a little.|I know that it sounds odd, but it works.|What I like about it is how simple it is.|I hope that this answers your question.|I have seen it done in other ways.|Personally I prefer the plain version.',
)
