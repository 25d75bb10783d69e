/** What is written in the bytes of a program, as far as it can be known without running it. */
export type Value =
  | { readonly kind: 'constant'; readonly value: string | number | bigint | boolean | null }
  | { readonly kind: 'bytes'; readonly size: number; readonly head: Uint8Array }
  | { readonly kind: 'global'; readonly module: string; readonly name: string }
  | { readonly kind: 'call'; readonly module: string; readonly name: string; readonly args: readonly Value[] }
  | { readonly kind: 'list'; readonly size: number; readonly items: readonly Value[] }
  /** Known only when the program runs. */
  | { readonly kind: 'opaque'; readonly why: string }

/**
 * What a program does when it is loaded: names something from outside (`import`), calls something (`call`), sets the
 * state of something (`set`), asks the loader for something by id (`persist`), asks for something that only the run
 * knows (`unresolved`), uses an operator or a layer of a framework (`operator`), or names a file, an address or a
 * repository (`reach`).
 */
export type ActKind = 'import' | 'call' | 'set' | 'persist' | 'unresolved' | 'operator' | 'reach'

/** One thing that a program does. Equal ones are one act with a count. */
export interface Act {
  readonly kind: ActKind
  /** Python module, operator domain, or what else names are unique in; empty when there is no such thing. */
  readonly module: string
  readonly name: string
  /** At most 16, with texts of at most 200 characters; of the first time. */
  readonly args: readonly Value[]
  /** Where it happens first, in the bytes of the program's member. */
  readonly offset: number
  readonly count: number
  /** How it is done, e.g. `REDUCE`, `STACK_GLOBAL`, `Lambda layer`. */
  readonly by: string
}

/** Languages of programs; a detector judges those it knows, and what nobody knows is said to be unjudged. */
export const languages = [
  'pickle',
  'marshal',
  'python',
  'torchscript',
  'keras',
  'tensorflow',
  'onnx',
  'tflite',
  'coreml',
  'executorch',
  'openvino',
  'paddle',
  'caffe',
  'skops',
  'config',
  'yaml',
  'xml',
  'r',
  'jinja',
  'lua',
] as const
export type Language = (typeof languages)[number]

/** What a loader or a template engine would run. Never run by us. */
export interface Program {
  readonly language: Language
  /** Place of its first and behind its last byte, in the bytes of its member. */
  readonly start: number
  readonly end: number
  readonly acts: readonly Act[]
  /** Why not all of it could be read; what it does beyond is unknown. */
  readonly incomplete?: string
  /** The program as people read it, one statement a line, at most `lines` lines; an act's line starts with `offset:`. */
  readonly listing?: (lines: number) => readonly string[]
  /** The text itself, for programs that are text (templates, sources); at most 1 MiB. */
  readonly source?: string
  /** What the text is for, e.g. `chat_template`, `chat_template.tool_use`. */
  readonly title?: string
}
