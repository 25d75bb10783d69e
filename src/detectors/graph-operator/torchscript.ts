import type { Judge } from './verdict.ts'

/** Operators of PyTorch that reach beyond their tensors. */
const reaching: Readonly<Record<string, string>> = {
  save: 'It writes a file of the name that the model gives.',
  from_file: 'It maps a file of the name that the model gives into memory, and may make it.',
  load: 'It loads a file of the name that the model gives.',
  hub: 'It fetches code from elsewhere.',
}
/** Namespaces of operators that PyTorch and its own libraries bring. */
const known =
  /^(aten|prim|prims|quantized|quantized_decomposed|mkldnn|mkldnn_prepacked|prepacked|xnnpack|_quantized|onednn|profiler|cuda|cudnn|inductor|static_runtime|tensorexpr|torchvision|torchaudio|torchtext|torchao|fbgemm|sparse|mps|vulkan_prepack|metal|metal_prepack|coreml)$/
const knownClasses =
  /^classes\.(quantized|sparse|rnn|xnnpack|mkldnn|vulkan|metal|torchvision|torchaudio|torchtext|cuda|profiling)$/
const remedy = 'Save the numbers alone, as safetensors, and build the model from its source.'

/** Judges what the sources of a TorchScript archive name. */
export const judgeTorchscript: Judge = ({ kind, module, name }) => {
  if (kind === 'call') {
    const isRemote = /^rpc_|^RemoteModule$/.test(name)
    const why = isRemote
      ? 'It runs functions on other machines (CVE-2024-5480, CVE-2024-48063).'
      : 'It is of Python, not of TorchScript; older loaders evaluated what remarks on types state (CVE-2022-45907).'
    return { list: 'denied', severity: 'block', mechanism: why, remedy }
  }
  if (kind === 'import') {
    const mechanism =
      'TorchScript imports nothing but itself; a source that names another module was not written by it.'
    return { list: 'unknown', severity: 'hold', mechanism, remedy }
  }
  const base = name.split('.', 1)[0]!
  if (module === 'torch' && /(^|\.)(distributed|rpc|RemoteModule|hub|utils|package|serialization)\./.test(`${name}.`)) {
    const why = 'It reaches other machines or files, which no source written by TorchScript does.'
    return { list: 'denied', severity: 'block', mechanism: why, remedy }
  }
  const mechanism = module === 'torch' || module === 'aten' || module === 'prim' ? reaching[base] : undefined
  if (mechanism !== undefined) return { list: 'denied', severity: 'block', mechanism, remedy }
  if (module === 'torch' || known.test(module) || knownClasses.test(module))
    return { list: 'allowed', severity: 'info', mechanism: 'An operator of PyTorch.' }
  const custom = 'A custom operator: a library that the application brings decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism: custom, remedy }
}
