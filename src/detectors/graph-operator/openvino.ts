import { leaves } from './places.ts'
import type { Judge } from './verdict.ts'

/** Sets of operators that every OpenVINO has; layers of old networks name none. */
const standard = /^(opset\d{1,3}|experimental|ie_internal_opset|)$/
const remedy = 'Ask the publisher for a network of standard layers, or look at the library that implements this one.'

/** Judges the layers of a network and the files that it names. */
export const judgeOpenvino: Judge = ({ kind, module, name, by }) => {
  if (kind === 'reach') {
    const why = leaves(name)
    const mechanism = `A program or library at \`${by}\`${why ? `, whose path ${why}` : ''}: a loader would run it.`
    return { list: 'denied', severity: why || by === 'Source' ? 'block' : 'hold', mechanism, remedy }
  }
  if (kind !== 'operator') return null
  const isStandard = standard.test(module) && name !== '' && !/^(Custom|Python|PyOp)$/i.test(name)
  if (isStandard && (module !== 'experimental' || !/custom|extension/i.test(name)))
    return { list: 'allowed', severity: 'info', mechanism: 'A layer of OpenVINO.' }
  if (/^(type_relaxed_opset|gpu_opset|SnippetsOpset|Transformations|ov\w*|legacy|util)$/.test(module))
    return { list: 'review', severity: 'info', mechanism: 'A layer that one device of OpenVINO has.' }
  const mechanism = 'It is no layer of OpenVINO: an extension library that the model needs decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy }
}
