import { describe, expect, it } from 'vitest'
import { codeBlocksOf, languageOf } from './blocks.ts'

const told = (text: string) => codeBlocksOf(text).map(({ language, code }) => [language, code.trim()])

describe('code in answers', () => {
  it('stands in fences of every kind', () => {
    expect(told('Try:\n\n```python\nx = 1\n```\nDone.')).toEqual([['python', 'x = 1']])
    expect(told('~~~js\nlet x = 1\n~~~')).toEqual([['javascript', 'let x = 1']])
    expect(told('- one:\n\n  ```{.go}\n  x := 1\n    y := 2\n  ```\n')).toEqual([['go', 'x := 1\n  y := 2']])
    expect(told('````py\n```\ninner\n```\n````')).toEqual([['python', '```\ninner\n```']])
    expect(told('Here: ```python\nprint(1)\n```')).toEqual([['python', 'print(1)']])
    expect(told('```ruby puts 1 ```')).toEqual([['ruby', 'puts 1']])
  })
  it('may be cut off, or be several pieces', () => {
    expect(told('```java\nint x = 1;')).toEqual([['java', 'int x = 1;']])
    const two = told('```c\nint x;\n```\nand\n```php\n<?php echo 1;\n```')
    expect(two.map(([language]) => language)).toEqual(['cpp', 'php'])
  })
  it('counts for what it is, whatever the fence says', () => {
    const python = 'import os\n\ndef run(name):\n    os.system("ls " + name)\n'
    for (const name of ['java', 'text', '', 'bash', 'plaintext'])
      expect(told(`\`\`\`${name}\n${python}\`\`\``)[0]![0], name).toBe('python')
    expect(told('```bash\nsudo apt-get install python3\n```')[0]![0]).toBe(null)
    expect(told('```typescript\nconst x = 1\n```')[0]![0]).toBe('typescript')
  })
  it('stands in scripts of pages', () => {
    const page =
      '<html>\n<body>\n<p>Hello</p>\n<script src="a.js"></script>\n<script>\neval(location.hash)\n</script>\n</body>\n</html>'
    expect(told(page)).toEqual([['javascript', 'eval(location.hash)']])
    const [block] = codeBlocksOf(page)
    expect(page.slice(block!.at, block!.at + 6)).toBe('\neval(')
    expect(told(`\`\`\`html\n${page}\n\`\`\``)).toEqual([['javascript', 'eval(location.hash)']])
  })
  it('needs no fence, and prose around it is no code', () => {
    const answer =
      'You can write a small function for this:\n\ndef f(x):\n    """Say what it is, in a sentence."""\n    return x\n\nIt returns what it was given, as it was given.'
    expect(told(answer)).toEqual([['python', 'def f(x):\n    """Say what it is, in a sentence."""\n    return x']])
    expect(codeBlocksOf(answer)[0]!.at).toBe(answer.indexOf('def f'))
  })
  it('is not seen in prose, queries, pages and numbers', () => {
    for (const text of [
      'A linked list stores data in nodes, each of which points to the next one.',
      'You should import the module before you use it: otherwise the call fails.',
      'The class of a variable is decided while the program runs, and so is the function that is called.',
      'SELECT name FROM users WHERE id = 3;',
      '<ul>\n  <li>one</li>\n</ul>',
      '.box {\n  color: red;\n}',
      '#!/bin/bash\necho "hello"\nls',
      'fn main() {\n    let mut x = 1;\n    println!("{}", x);\n}',
      '42',
      '',
    ])
      expect(
        told(text).filter(([language]) => language !== null),
        text,
      ).toEqual([])
  })
})

describe('language of code', () => {
  const samples: Record<string, string> = {
    python: 'for row in rows:\n    print(row)',
    javascript: 'const f = (a) => {\n  console.log(a)\n}',
    typescript: 'interface Row {\n  id: number\n  name: string\n}\nconst rows: Row[] = []',
    java: 'public static int sum(int[] values) {\n    int sum = 0;\n    return sum;\n}',
    go: 'func sum(values []int) int {\n\ttotal := 0\n\treturn total\n}',
    php: 'function total($rows) {\n    return count($rows);\n}',
    cpp: '#include <stdio.h>\nint main(void) {\n    printf("x");\n    return 0;\n}',
    csharp: 'using System;\npublic string Name { get; set; }',
    ruby: 'def total(rows)\n  rows.map { |row| row.size }.sum\nend',
  }
  it.each(Object.entries(samples))('%s', (language, code) => {
    expect(languageOf(code)).toBe(language)
  })
})
