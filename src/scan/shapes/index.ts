export { byShape, isTalkShape } from './batch.ts'
export { shapeColumns } from './columns.ts'
export { shapeOf } from './find.ts'
export { type Shape, shaped, shapedRoles } from './shape.ts'
