export { byShape } from './batch.ts'
export { conversation, shapeColumns } from './columns.ts'
export { type Shape, shaped, shapedRoles, shapeOf } from './shape.ts'
