import { describe, expect, it } from 'vitest'
import type { Act } from '../../core/index.ts'
import { judgeKeras } from './keras.ts'
import names from './keras-names.json' with { type: 'json' }

const judged = (kind: Act['kind'], module: string, name: string, by = '') => {
  const verdict = judgeKeras({ kind, module, name, args: [], offset: 0, count: 1, by })
  return `${verdict?.list} ${verdict?.severity}`
}

describe('judgeKeras', () => {
  it('allows what is on the lists, by exact name and module', () => {
    for (const name of [...names.layers.names, ...names.optimizers.names, ...names.initializers.names])
      expect([name, judged('operator', 'keras.layers', name)]).toEqual([name, 'allowed info'])
    for (const name of names.functions.names) expect(judged('call', 'builtins', name)).toBe('allowed info')
    expect(judged('operator', 'keras_hub.src.models.bert.bert_backbone', 'BertBackbone')).toBe('allowed info')
    expect(judged('operator', 'tf', 'math.multiply')).toBe('allowed info')
    expect(judged('operator', 'node', 'AddV2')).toBe('allowed info')
  })

  it('asks a person about what is on no list', () => {
    expect(judged('operator', '', 'MyLayer')).toBe('unknown hold')
    expect(judged('operator', 'keras.layers', 'dense')).toBe('unknown hold')
    expect(judged('operator', 'my_package', 'MyLayer')).toBe('unknown hold')
    expect(judged('operator', 'my_package', 'Dense')).toBe('unknown hold')
    expect(judged('call', 'my_package', 'focal_loss')).toBe('unknown hold')
    expect(judged('operator', 'keras.layers', 'Lambda')).toBe('review hold')
    expect(judged('reach', '', 'vocab.txt', 'vocabulary')).toBe('review hold')
    expect(judged('reach', '', 'https://example.com/x', 'handle')).toBe('review hold')
    expect(judged('unresolved', '', 'class_name')).toBe('unknown hold')
  })

  it('blocks code, and what reaches out of the model', () => {
    for (const [kind, module, name] of [
      ['call', '', '__code__'],
      ['call', '', '__lambda__'],
      ['call', 'os', 'system'],
      ['call', 'builtins', 'exec'],
      ['call', 'keras.utils', 'get_file'],
      ['call', 'keras.config', 'enable_unsafe_deserialization'],
      ['call', 'keras.src.utils.python_utils', 'anything'],
      ['operator', 'subprocess', 'Popen'],
      ['operator', 'keras.layers', 'TorchModuleWrapper'],
      ['operator', 'numpy', 'Dense'],
      ['operator', 'tf', 'io.write_file'],
      ['operator', 'tf', 'py_function'],
      ['reach', '', '/etc/passwd'],
      ['reach', '', 'http://example.com/x'],
      ['reach', '', '../x'],
    ] as const)
      expect([name, judged(kind, module, name, 'vocabulary')]).toEqual([name, 'denied block'])
  })
})
