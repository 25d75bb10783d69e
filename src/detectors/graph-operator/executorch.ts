import type { Judge } from './verdict.ts'

const operators =
  /^(aten|prim|dim_order_ops|quantized_decomposed|quantized|executorch_prim|et_prim|llama|torchao|torchvision|cadence|cortex_m|arm|xnnpack|et_vk|sgl_kernel|custom|coreml|mps|neutron|nxp|qaisw)$/
const backends =
  /^(XnnpackBackend|CoreMLBackend|MPSBackend|VulkanBackend|QnnBackend|EthosUBackend|ArmBackend|ArmVgfBackend|VgfBackend|NeuropilotBackend|MediatekBackend|OpenvinoBackend|EnnBackend|NeutronBackend|CadenceBackend|TOSABackend|MLXBackend|WebGPUBackend)$/
/** Accelerators whose blob is a library for the processor, which is loaded and run. */
const compiled = /^(CudaBackend|AotiBackend|MetalBackend|AOTInductor\w*)$/
const remedy = 'Export the model again from its source, for the accelerator that you use.'

/** Judges the operators and blobs of an ExecuTorch program. */
export const judgeExecutorch: Judge = ({ kind, module, name }) => {
  if (kind === 'call')
    return { list: 'denied', severity: 'block', mechanism: 'A blob of the program is code for a processor.', remedy }
  if (kind === 'import') {
    if (backends.test(name))
      return { list: 'review', severity: 'info', mechanism: 'A blob for an accelerator, which nobody here can read.' }
    if (compiled.test(name))
      return { list: 'review', severity: 'hold', mechanism: 'Its blob holds a compiled library, which is run.', remedy }
    const mechanism = 'A blob for an accelerator that nobody here knows.'
    return { list: 'unknown', severity: 'hold', mechanism, remedy }
  }
  if (operators.test(module) || (module === '' && name === ''))
    return { list: 'allowed', severity: 'info', mechanism: 'An operator of ExecuTorch.' }
  const mechanism = 'A custom operator: a library that the application brings decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy }
}
