export { type About, spdxLicenses } from './about.ts'
export type { Pointer } from './components.ts'
export { type CroissantOptions, croissantOf, unstatedFacts } from './croissant.ts'
export { type BillOptions, cyclonedxBill } from './cyclonedx.ts'
