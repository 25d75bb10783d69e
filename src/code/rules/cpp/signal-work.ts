import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

const unsafe = /\b(?:printf|fprintf|sprintf|malloc|calloc|realloc|free|syslog|exit|puts|fopen|fclose|cout|new|delete)\b/

/** The body of a function of the piece. */
function bodyOf(name: string, piece: Piece): string {
  const found = piece
    .all('function_definition')
    .find(f => new RegExp(`\\b${name}\\s*\\(`).test(shortly(f.field('declarator'), 200)))
  return shortly(found?.field('body'), 4000)
}

export default rule({
  id: 'cpp/signal-work',
  cwe: ['CWE-479', 'CWE-364', 'CWE-828'],
  languages: ['cpp'],
  title: 'Does in a signal what may only be done outside of one',
  needs: ['signal(', 'signal ('],
  call: {
    name: named('signal'),
    weak: ({ args }, piece) => {
      const handler = shortly(args[1], 60)
      return /^&?\w+$/.test(handler) && !/^SIG_/.test(handler) && unsafe.test(bodyOf(handler.replace('&', ''), piece))
    },
  },
  vulnerable: [
    'void stop(int n) {\n  free(state);\n}\nint main(void) {\n  signal(SIGTERM, stop);\n  return run();\n}\n',
  ],
  fixed: ['void stop(int n) {\n  stopped = 1;\n}\nint main(void) {\n  signal(SIGTERM, stop);\n  return run();\n}\n'],
})
