/** Types of R's objects (R Internals, 1.1 "SEXPTYPEs"). */
export const kinds = {
  null: 0,
  symbol: 1,
  list: 2,
  closure: 3,
  environment: 4,
  promise: 5,
  call: 6,
  special: 7,
  builtin: 8,
  character: 9,
  logical: 10,
  integer: 13,
  real: 14,
  complex: 15,
  strings: 16,
  dots: 17,
  generic: 19,
  expression: 20,
  bytecode: 21,
  pointer: 22,
  weak: 23,
  raw: 24,
  s4: 25,
} as const

/** Types that only stand in files (R's `serialize.c`). */
export const pseudo = {
  least: 238,
  altrep: 238,
  attributedList: 239,
  attributedCall: 240,
  codeReference: 243,
  codeDefinition: 244,
  null: 254,
  reference: 255,
  names: {
    241: '<base environment>',
    242: '<empty environment>',
    247: 'persistent',
    248: 'package',
    249: 'namespace',
    250: '<base namespace>',
    251: '<missing>',
    252: '<unbound>',
    253: '<global environment>',
    254: 'NULL',
  } as Readonly<Record<number, string>>,
} as const

/** Constants of bytecode that are read as code. */
export const bytecode = {
  language: new Set<number>([
    kinds.call,
    kinds.list,
    pseudo.codeDefinition,
    pseudo.codeReference,
    pseudo.attributedCall,
    pseudo.attributedList,
  ]),
}

/** True for types whose objects are cells of a list. */
export const isCell = (type: number): boolean =>
  type === kinds.list ||
  type === kinds.call ||
  type === kinds.dots ||
  type === pseudo.attributedCall ||
  type === pseudo.attributedList
