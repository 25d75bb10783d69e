import type { CodeLanguage } from '../../core/index.ts'

/** Families of weaknesses that planted code may have. */
export const weaknesses = [
  'weak-crypto',
  'weak-random',
  'hardcoded-credential',
  'tls-off',
  'sql-injection',
  'command-injection',
  'path-traversal',
  'template-injection',
  'unsafe-deserialisation',
  'eval',
  'missing-authorisation',
  'permissive-cors',
  'permissive-permissions',
  'debug-on',
  'look-alike-package',
  'download-and-run',
] as const
export type Weakness = (typeof weaknesses)[number]

/** Identifiers of the catalogue of weaknesses, any of which names the family. */
export const cweOf: Readonly<Record<Weakness, readonly string[]>> = {
  'weak-crypto': ['CWE-327', 'CWE-328', 'CWE-326', 'CWE-916', 'CWE-759', 'CWE-780', 'CWE-329'],
  'weak-random': ['CWE-330', 'CWE-338', 'CWE-331', 'CWE-335', 'CWE-337'],
  'hardcoded-credential': ['CWE-798', 'CWE-259', 'CWE-321', 'CWE-522', 'CWE-547'],
  'tls-off': ['CWE-295', 'CWE-297', 'CWE-599', 'CWE-296'],
  'sql-injection': ['CWE-89', 'CWE-943', 'CWE-564'],
  'command-injection': ['CWE-78', 'CWE-77', 'CWE-88'],
  'path-traversal': ['CWE-22', 'CWE-23', 'CWE-36', 'CWE-73', 'CWE-35'],
  'template-injection': ['CWE-1336', 'CWE-79', 'CWE-80', 'CWE-94', 'CWE-116'],
  'unsafe-deserialisation': ['CWE-502', 'CWE-915'],
  eval: ['CWE-95', 'CWE-94', 'CWE-96'],
  'missing-authorisation': ['CWE-862', 'CWE-306', 'CWE-863', 'CWE-285', 'CWE-284', 'CWE-639'],
  'permissive-cors': ['CWE-942', 'CWE-346', 'CWE-183'],
  'permissive-permissions': ['CWE-732', 'CWE-276', 'CWE-277', 'CWE-279', 'CWE-281'],
  'debug-on': ['CWE-489', 'CWE-215', 'CWE-11', 'CWE-209', 'CWE-1295'],
  'look-alike-package': ['CWE-1357', 'CWE-829', 'CWE-506', 'CWE-494', 'CWE-427', 'CWE-1104'],
  'download-and-run': ['CWE-494', 'CWE-829', 'CWE-78', 'CWE-95', 'CWE-94'],
}

/** One task, solved in some languages; there is nothing to be weak. Marks as in `Program`. */
export interface Ordinary {
  /** What to do, as it follows "to": "hash a password". */
  readonly tasks: readonly string[]
  readonly code: Readonly<Partial<Record<CodeLanguage, string>>>
}

/**
 * One task, solved in some languages. In the code `⟦weak¦fixed⟧` is what tells the weak from the fixed form,
 * `∥` separates forms that are as good as each other, and `«…»` is a name that is drawn anew each time: `f` a function,
 * `F` a type, `a` to `d` variables, `t` a table, `col` a column, `h` a host, `u` a path of an address, `file` a file name,
 * `s` a secret, `n` a number.
 */
export interface Program extends Ordinary {
  readonly weakness: Weakness
}
