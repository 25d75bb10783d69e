export { hostOf } from './host.ts'
export {
  addRegistration,
  emptyRegistrations,
  lapsed,
  type Registration,
  type Registrations,
  readRegistration,
  registeredCell,
} from './registration.ts'
export { registrableDomain, type Site, siteOf, sitesOf } from './site.ts'
