import { modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'

/** A compiled function of Lua or LuaJIT: no loader checks it before it runs. */
export default modelFormat({
  id: 'lua-bytecode',
  title: 'Lua bytecode',
  extensions: ['.luac', '.t7'],
  sniff: head =>
    head[0] === 0x1b && /^L(ua|J[\x01-\x09])/.test(Buffer.from(head.subarray(1, 5)).toString('latin1')) ? 3 : 0,
  read(bytes, examiner) {
    const acts = new ActList()
    acts.add('call', '', 'function', 'bytecode', 0)
    examiner.claim(0, bytes.size, 'bytecode')
    examiner.program({ language: 'lua', start: 0, end: bytes.size, acts: acts.all() })
  },
})
