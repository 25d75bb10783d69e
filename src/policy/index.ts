export { decide, severityOf } from './decide.ts'
export { parsePolicy } from './parse.ts'
export { defaultPolicy, type Policy } from './policy.ts'
export { policyTemplate } from './template.ts'
