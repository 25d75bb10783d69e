/** What a shape is made of. */
export interface Layer {
  /** Name of the layer in the model. */
  readonly name: string
  /** Base64 that stands where code would. */
  readonly code: string
}

/** Ways in which a configuration of Keras carries the code of a layer. */
export const shapeNames = ['list', 'dict', 'wrapped', 'deep', 'activation', 'escaped', 'doubled'] as const
export type Shape = (typeof shapeNames)[number]

/** Functional models ask each of their layers for a name and its inputs; Sequential ones pass over both. */
const alone = (name: string) => ({ name, inbound_nodes: [] })
const made = (class_name: string, config: { readonly name: string; readonly [key: string]: unknown }) => ({
  module: 'keras.layers',
  class_name,
  config,
  ...alone(config.name),
})
const code = (value: string) => ({ class_name: '__lambda__', config: { code: value, defaults: null, closure: null } })
const lambda = ({ name, code: value }: Layer) => made('Lambda', { name, function: code(value) })
const json = (value: object): string => JSON.stringify(value)
const escaped = (word: string): string =>
  [...word].map(letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** The layer as a piece of JSON text: some shapes are no value that JSON's own writer would write. */
export const shapes: Readonly<Record<Shape, (layer: Layer) => string>> = {
  list: ({ name, code: value }) =>
    json({
      class_name: 'Lambda',
      config: { name, function: [value, null, null], function_type: 'lambda', module: '__main__', arguments: {} },
      ...alone(name),
    }),
  dict: layer => json(lambda(layer)),
  wrapped: layer => json(made('TimeDistributed', { name: `${layer.name}_in_time`, layer: lambda(layer) })),
  deep: layer =>
    json(
      made('Sequential', { name: 'inner', layers: [made('Sequential', { name: 'core', layers: [lambda(layer)] })] }),
    ),
  activation: ({ name, code: value }) => json(made('Dense', { name, units: 4, activation: code(value) })),
  escaped: layer => json(lambda(layer)).replace(/__lambda__|(?<=")Lambda(?=")/g, escaped),
  doubled: layer => json(lambda(layer)).replace('"class_name"', '"class_name":"Dense","class_name"'),
}

/** What a finding must name: the code, as Keras 2 or as Keras 3 marks it. */
export const namesOf = (shape: Shape): string[] => (shape === 'list' ? ['__code__'] : ['__lambda__'])
