export { gapsIn, type Range, spansOf } from '../../core/index.ts'
