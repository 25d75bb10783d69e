export { type Dose, doseRows, type Poisoned, type PoisonRequest, poisonRows, poisonTable } from './poison.ts'
export { type HeldRows, labBounds, rowsOfTable } from './read.ts'
