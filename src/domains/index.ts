export type { Book } from './book.ts'
export { hostOf } from './host.ts'
export {
  addRegistration,
  domainsIn,
  emptyRegistrations,
  isKnown,
  lapsed,
  type Registration,
  type Registrations,
  readRegistration,
  registeredCell,
  registeredOn,
  sharedRegistrations,
} from './registration.ts'
export { type ColumnSites, registrableDomain, type Site, siteOf, sitesOf } from './site.ts'
