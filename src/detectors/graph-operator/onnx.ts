import type { Act } from '../../core/index.ts'
import { leaves } from './places.ts'
import type { Judge, Verdict } from './verdict.ts'

/** The standard's own domains: every runtime has these operators, and all of them compute. */
const standard = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.training',
  'ai.onnx.preview',
  'ai.onnx.preview.training',
])
/** Domains of runtimes, converters and tools that are widely used; without their libraries a model does not load. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/^com\.microsoft(\.(nchwc|dml|experimental|extensions))?$/, 'ONNX Runtime'],
  [/^com\.ms\.internal\.nhwc$/, 'ONNX Runtime'],
  [/^ai\.onnx\.contrib$/, 'ONNX Runtime Extensions'],
  [/^(org\.pytorch\.(aten|prim|prim_aten)|aten|prim)$/, 'the PyTorch exporter'],
  [/^(pkg\.onnxscript(\.\w+)*|onnxscript\.atenlib|this|local)$/, 'the ONNX Script exporter'],
  [/^pkg\.(torch|transformers|timm|diffusers|torchvision)(\.[\w.]+)?$/, 'the PyTorch exporter'],
  [/^ai\.graphcore$/, 'Graphcore'],
  [/^(trt|trt\.plugins|tensorrt|com\.nvidia(\.[\w.]+)?|nvidia)$/, 'NVIDIA TensorRT'],
  [/^(org\.openvinotoolkit|com\.intel\.ai)$/, 'Intel OpenVINO'],
  [/^(com\.amd(\.[\w.]+)?|com\.xilinx(\.[\w.]+)?|com\.vitis\.ai)$/, 'AMD'],
  [/^(com\.qti\.aisw|qti_aisw|com\.qualcomm(\.[\w.]+)?)$/, 'Qualcomm'],
  [/^(mmdeploy|mmcv)$/, 'MMDeploy'],
  [/^(qonnx|finn|onnx\.brevitas|brevitas)(\.[\w.]+)*$/, 'Brevitas and FINN'],
  [/^(ai\.rknn|rknn)$/, 'Rockchip'],
]
/** Operators of those domains that run code by name, open files or talk to other machines. */
const dangerous: Readonly<Record<string, string>> = {
  'com.microsoft PythonOp': 'It calls a function of Python that the model names.',
  'com.microsoft PythonOpGrad': 'It calls a function of Python that the model names.',
  'com.microsoft.extensions AzureAudioToText': 'It sends its input to an address that the model names.',
  'com.microsoft.extensions AzureTextToText': 'It sends its input to an address that the model names.',
  'com.microsoft.extensions AzureTritonInvoker': 'It sends its input to an address that the model names.',
  'com.microsoft.extensions OpenAIAudioToText': 'It sends its input to an address that the model names.',
  'com.microsoft.extensions OpenAIChat': 'It sends its input to an address that the model names.',
  'com.microsoft.extensions OpenAIEmbeddings': 'It sends its input to an address that the model names.',
  'ai.onnx.contrib PyOp': 'It calls a function of Python that the model names.',
  'ai.onnx.contrib PyCustomOp': 'It calls a function of Python that the model names.',
}
const remedy = 'Ask the publisher for a model of standard operators, or look at the library that implements this one.'

/** Judges what an ONNX model would have its runtime run and open. */
export const judgeOnnx: Judge = act => {
  if (act.kind === 'reach') return act.by === 'external data' ? dataOf(act) : settingOf(act)
  if (act.kind !== 'operator') return null
  const { module, name, by } = act
  if (by === 'function of the model') return allowed('A function that the model itself defines.')
  if (standard.has(module)) return allowed('An operator of the standard.')
  const known = dangerous[`${module} ${name}`]
  if (known) return { list: 'denied', severity: 'block', mechanism: known, remedy }
  const vendor = vendors.find(([domain]) => domain.test(module))
  if (vendor)
    return { list: 'review', severity: 'info', mechanism: `An operator of ${vendor[1]}; it needs that library to run.` }
  const mechanism = 'It is not of the standard: a library that the model needs decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy }
}

const allowed = (mechanism: string): Verdict => ({ list: 'allowed', severity: 'info', mechanism })

/** Numbers in another file: it must lie beside the model (CVE-2022-25882, CVE-2024-27318, CVE-2025-51480). */
function dataOf({ name, args }: Act): Verdict {
  const why = leaves(name)
  const fix = 'Do not load the model: its numbers would be read from, or saved to, a place outside of it.'
  if (why) return { list: 'denied', severity: 'block', mechanism: `A file of numbers whose path ${why}.`, remedy: fix }
  if (name === '')
    return { list: 'review', severity: 'hold', mechanism: 'A tensor is said to be in another file, which has no name.' }
  const strange = args.filter(
    arg => arg.kind === 'constant' && typeof arg.value === 'string' && !/^prepacked_\w+=/.test(arg.value),
  )
  if (strange.length > 0)
    return {
      list: 'review',
      severity: 'hold',
      mechanism: 'The place of a tensor has settings that are doubled or that no writer makes.',
    }
  return allowed('A file of numbers beside the model.')
}

function settingOf({ name, module }: Act): Verdict | null {
  if (name === '') return null
  const why = leaves(name)
  if (why)
    return { list: 'denied', severity: 'block', mechanism: `The operator ${module} names a file that ${why}.`, remedy }
  return { list: 'review', severity: 'hold', mechanism: `The operator ${module} names something to be opened.`, remedy }
}
