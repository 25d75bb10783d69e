/** How an argument is written, where it is not just a fixed number of bytes (0 to 8). */
export const written = { counted1: 17, counted4: 20, counted8: 24, line: 32, lines: 33, unknown: 255 } as const

const { counted1, counted4, counted8, line, lines } = written

/** Code, name and form of the argument of each opcode of protocols 0 to 5. */
const table: readonly (readonly [code: number, name: string, form: number])[] = [
  [0x28, 'MARK', 0],
  [0x29, 'EMPTY_TUPLE', 0],
  [0x2e, 'STOP', 0],
  [0x30, 'POP', 0],
  [0x31, 'POP_MARK', 0],
  [0x32, 'DUP', 0],
  [0x42, 'BINBYTES', counted4],
  [0x43, 'SHORT_BINBYTES', counted1],
  [0x46, 'FLOAT', line],
  [0x47, 'BINFLOAT', 8],
  [0x49, 'INT', line],
  [0x4a, 'BININT', 4],
  [0x4b, 'BININT1', 1],
  [0x4c, 'LONG', line],
  [0x4d, 'BININT2', 2],
  [0x4e, 'NONE', 0],
  [0x50, 'PERSID', line],
  [0x51, 'BINPERSID', 0],
  [0x52, 'REDUCE', 0],
  [0x53, 'STRING', line],
  [0x54, 'BINSTRING', counted4],
  [0x55, 'SHORT_BINSTRING', counted1],
  [0x56, 'UNICODE', line],
  [0x58, 'BINUNICODE', counted4],
  [0x5d, 'EMPTY_LIST', 0],
  [0x61, 'APPEND', 0],
  [0x62, 'BUILD', 0],
  [0x63, 'GLOBAL', lines],
  [0x64, 'DICT', 0],
  [0x65, 'APPENDS', 0],
  [0x67, 'GET', line],
  [0x68, 'BINGET', 1],
  [0x69, 'INST', lines],
  [0x6a, 'LONG_BINGET', 4],
  [0x6c, 'LIST', 0],
  [0x6f, 'OBJ', 0],
  [0x70, 'PUT', line],
  [0x71, 'BINPUT', 1],
  [0x72, 'LONG_BINPUT', 4],
  [0x73, 'SETITEM', 0],
  [0x74, 'TUPLE', 0],
  [0x75, 'SETITEMS', 0],
  [0x7d, 'EMPTY_DICT', 0],
  [0x80, 'PROTO', 1],
  [0x81, 'NEWOBJ', 0],
  [0x82, 'EXT1', 1],
  [0x83, 'EXT2', 2],
  [0x84, 'EXT4', 4],
  [0x85, 'TUPLE1', 0],
  [0x86, 'TUPLE2', 0],
  [0x87, 'TUPLE3', 0],
  [0x88, 'NEWTRUE', 0],
  [0x89, 'NEWFALSE', 0],
  [0x8a, 'LONG1', counted1],
  [0x8b, 'LONG4', counted4],
  [0x8c, 'SHORT_BINUNICODE', counted1],
  [0x8d, 'BINUNICODE8', counted8],
  [0x8e, 'BINBYTES8', counted8],
  [0x8f, 'EMPTY_SET', 0],
  [0x90, 'ADDITEMS', 0],
  [0x91, 'FROZENSET', 0],
  [0x92, 'NEWOBJ_EX', 0],
  [0x93, 'STACK_GLOBAL', 0],
  [0x94, 'MEMOIZE', 0],
  [0x95, 'FRAME', 8],
  [0x96, 'BYTEARRAY8', counted8],
  [0x97, 'NEXT_BUFFER', 0],
  [0x98, 'READONLY_BUFFER', 0],
]

/** Name of each opcode, by its code. */
export const names: readonly (string | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => table.find(row => row[0] === code)?.[1],
)

/** Form of the argument of each opcode, by its code; `written.unknown` for what is no opcode. */
export const forms: Uint8Array = Uint8Array.from(
  { length: 256 },
  (_, code) => table.find(row => row[0] === code)?.[2] ?? written.unknown,
)

/** Code of each opcode, by its name. */
export const codeOf = new Map(table.map(([code, name]) => [name, code]))
