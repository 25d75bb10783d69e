import { rule } from '../../rule.ts'

export default rule({
  id: 'java/old-methods',
  languages: ['java'],
  cwe: ['CWE-589', 'CWE-477', 'CWE-676'],
  title: 'Calls a method that was given up because it is dangerous or wrong',
  needs: ['stop', 'suspend', 'resume', 'destroy', 'isJava', 'isSpace', 'runFinalizersOnExit', 'Thread.run'],
  call: {
    name: /(?:^|\.)\w*[tT]hread\w*(?:\(\))?\.(?:stop|suspend|resume|destroy|run)$|^Character\.is(?:JavaLetter|JavaLetterOrDigit|Space)$|runFinalizersOnExit$/,
    weak: ({ args }) => args.length < 2,
  },
  vulnerable: [
    'class A { void f() { this.workerThread.stop(); } }',
    'class A { boolean f(char c) { return Character.isSpace(c); } }',
  ],
  fixed: [
    'class A { void f() { this.workerThread.interrupt(); } }',
    'class A { boolean f(char c) { return Character.isWhitespace(c); } }',
  ],
})
