import { checked, constant, lastName, localArray, named, placeOf, placesIn } from '../../c.ts'
import { type Call, shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** The argument that says how much is copied, or the text whose length decides. */
function measureOf({ name, args }: Call): Tree | undefined {
  return /^(str(cpy|cat)|stp|wcs|_tcs|lstr)/.test(lastName(name)) ? args[1] : args[2]
}

export default rule({
  id: 'cpp/copy-to-local-array',
  cwe: ['CWE-121', 'CWE-787', 'CWE-120', 'CWE-119', 'CWE-805'],
  languages: ['cpp'],
  title: 'Copies more or less than an array of the stack holds, as the input likes',
  needs: ['cpy', 'memmove', 'strcat', 'bcopy', 'wcscat', '_tcscat'],
  call: {
    name: named(
      'memcpy|memmove|bcopy|wmemcpy|CopyMemory|RtlCopyMemory|strcpy|stpcpy|wcscpy|_tcscpy|lstrcpy|strcat|wcscat|strncpy|copy_from_user',
    ),
    weak: (call, piece) => {
      if (localArray(placeOf(call.args[0]), piece, call.node) === null) return false
      const measure = measureOf(call)
      if (!measure || measure.kind() === 'string_literal' || constant(measure)) return false
      const text = shortly(measure)
      return !/\bsizeof\b|min|MIN/.test(text) && !placesIn(text).some(place => checked(place, piece, call.node))
    },
  },
  vulnerable: [
    'void take(const char *data, size_t len) {\n  char buf[128];\n  memcpy(buf, data, len);\n  use(buf);\n}\n',
    'void take(const char *name) {\n  char path[32];\n  strcpy(path, name);\n  open_it(path);\n}\n',
  ],
  fixed: [
    'void take(const char *data, size_t len) {\n  char buf[128];\n  if (len > sizeof(buf)) return;\n  memcpy(buf, data, len);\n  use(buf);\n}\n',
    'void take(const char *data) {\n  char buf[128];\n  memcpy(buf, data, sizeof(buf));\n  use(buf);\n}\n',
    'void take(const char *name) {\n  char path[32];\n  if (strlen(name) >= sizeof(path)) return;\n  strcpy(path, name);\n  open_it(path);\n}\n',
  ],
})
