import { modelFormat } from '../../core/index.ts'
import { readAsKeras } from '../keras-members.ts'

/** Attributes from which Keras makes a model, whatever they look like. */
const told = /(^|@)(model_config|training_config|layer_config|optimizer_config|metadata)$/

/** A Keras model in HDF5: the attributes of its root say what the loader makes. */
export default modelFormat({
  id: 'keras-hdf5',
  title: 'Keras HDF5',
  extensions: ['.h5', '.keras'],
  sniff: () => 0,
  async layout({ format, members }, examiner) {
    if (format !== 'hdf5') return
    const configs = members.filter(member => told.test(member.name))
    await readAsKeras(configs, examiner)
    if (configs.length > 0) examiner.fact('layout', 'Keras HDF5')
  },
})
