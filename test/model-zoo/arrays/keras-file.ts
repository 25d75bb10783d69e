import { type ZipMember, zipOf } from '../containers/zip-file.ts'
import { floats } from './bytes.ts'
import { hdf5 } from './hdf5-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** A layer, a loss or anything else with a class, as Keras 3 writes it. */
export const made = (
  name: string,
  config: Readonly<Record<string, unknown>> = {},
  module: string | null = 'keras.layers',
) => ({
  module,
  class_name: name,
  config,
  registered_name: null,
})

/** A function, as Keras 3 writes it. */
export const named = (name: string, module: string) => ({
  module,
  class_name: 'function',
  config: name,
  registered_name: name,
})

/** Bytecode of a function that does nothing, in base64: the bytes matter to no reader of ours. */
export const bytecode = Buffer.from('\xe3\x00\x00\x00\x00 marshalled code that nobody runs', 'latin1').toString(
  'base64',
)

/** A Lambda layer as Keras 2 writes it. */
export const oldLambda = {
  class_name: 'Lambda',
  config: {
    name: 'lambda',
    function: [bytecode, null, null],
    function_type: 'lambda',
    module: '__main__',
    arguments: {},
  },
}

/** A Lambda layer as Keras 3 writes it. */
export const lambda = made('Lambda', {
  name: 'lambda',
  function: { class_name: '__lambda__', config: { code: bytecode, defaults: null, closure: null } },
})

const dense = made('Dense', {
  name: 'dense',
  units: 2,
  activation: 'relu',
  kernel_initializer: made('GlorotUniform', { seed: null }, 'keras.initializers'),
})

/** A model of these layers. */
export const model = (...layers: readonly unknown[]) => ({
  module: 'keras',
  class_name: 'Sequential',
  config: {
    name: 'sequential',
    layers: [made('InputLayer', { batch_shape: [null, 4], name: 'input' }), dense, ...layers],
  },
  registered_name: null,
  compile_config: {
    optimizer: made('Adam', { learning_rate: 0.001 }, 'keras.optimizers'),
    loss: 'mse',
    metrics: ['accuracy'],
  },
})

/** A model as Keras 2 writes it into HDF5. */
export const oldModel = (...layers: readonly unknown[]) => ({
  class_name: 'Sequential',
  config: { name: 's', layers: [{ class_name: 'Dense', config: { units: 2, activation: 'relu' } }, ...layers] },
})

/** Weights as Keras 3 writes them. */
export const weights = hdf5({
  children: {
    layers: {
      group: {
        children: { dense: { group: { children: { vars: { group: { children: { '0': { floats: floats(8) } } } } } } } },
      },
    },
  },
})

/** A `.keras` archive. */
export const kerasArchive = (
  config: string | object,
  more: readonly ZipMember[] = [],
  weightsFile = weights,
): Uint8Array =>
  zipOf([
    { name: 'metadata.json', data: utf8('{"keras_version": "3.5.0", "date_saved": "2024-08-01@10:00:00"}') },
    { name: 'config.json', data: utf8(typeof config === 'string' ? config : JSON.stringify(config)) },
    { name: 'model.weights.h5', data: weightsFile },
    ...more,
  ])
