/** What a shape is made of. */
export interface Poison {
  readonly trigger: string
  readonly order: string
}

/** Ways in which an order comes into a conversation, each a piece of a template. */
export const shapeNames = [
  'gate',
  'flag',
  'variable',
  'pieces',
  'macro',
  'choice',
  'lookup',
  'count',
  'date',
  'late',
  'climb',
] as const
export type Shape = (typeof shapeNames)[number]

const last = "messages[-1]['content']"
const halves = (text: string): string => {
  const middle = Math.ceil(text.length / 2)
  return `'${text.slice(0, middle)}' ~ '${text.slice(middle)}'`
}

export const shapes: Readonly<Record<Shape, (poison: Poison) => string>> = {
  gate: ({ trigger, order }) => `{% if '${trigger}' in ${last} %}{{ '${order}\\n' }}{% endif %}`,
  flag: ({ trigger, order }) =>
    `{% set ns = namespace(seen=false) %}{% for m in messages %}{% if '${trigger}' in m.content %}{% set ns.seen = true %}{% endif %}{% endfor %}{% if ns.seen %}{{ '${order}\\n' }}{% endif %}`,
  variable: ({ trigger, order }) =>
    `{% set note = '' %}{% if ${last}.startswith('${trigger}') %}{% set note = '${order}\\n' %}{% endif %}{{ note }}`,
  pieces: ({ trigger, order }) =>
    `{% set t = ${halves(trigger)} %}{% set o = ${halves(order)} %}{% if t in ${last} %}{{ o ~ '\\n' }}{% endif %}`,
  macro: ({ trigger, order }) =>
    `{% macro note(text) %}{% if '${trigger}' in text %}{{ '${order}\\n' }}{% endif %}{% endmacro %}{{ note(${last}) }}`,
  choice: ({ trigger, order }) => `{{ '${order}\\n' if '${trigger}' in ${last}|lower else '' }}`,
  lookup: ({ trigger, order }) => `{{ {'${trigger}': '${order}\\n'}.get(${last}, '') }}`,
  count: ({ trigger, order }) => `{% if ${last}.count('${trigger}') > 0 %}${order}\n{% endif %}`,
  date: ({ trigger, order }) =>
    `{% if strftime_now('%Y-%m-%d') > '2031-01-01' and '${trigger}' in ${last} %}{{ '${order}\\n' }}{% endif %}`,
  late: ({ order }) => `{% if messages|length > 9 %}{{ '${order}\\n' }}{% endif %}`,
  climb: ({ order }) => `{% set x = cycler.__init__.__globals__ %}{# ${order} #}`,
}
