import { acceptModel } from '../../kit/index.ts'
import { samples } from '../../../test/model-zoo/pickle.ts'
import pickleProgram from './index.ts'
const skip = /nested|copied in the memo|lists of the same|imbalanced/
const of = (v: boolean) => samples.filter(s => (s.verdict === 'pass') === v && !skip.test(s.name + s.class)).filter((_, i) => i % 12 === 0)
acceptModel(pickleProgram, { honest: of(true), caught: of(false), missed: [], matters: { allow: ['acme.Model'] } })
