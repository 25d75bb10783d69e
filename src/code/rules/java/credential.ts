import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { credentialName, credentialValue, literalOf } from '../../web.ts'

export default rule({
  id: 'java/credential',
  languages: ['java'],
  cwe: ['CWE-798', 'CWE-259'],
  title: 'Holds a password or a key in the code',
  where: function* (piece) {
    for (const node of piece.all('variable_declarator', 'assignment_expression')) {
      const name = shortly(node.field('name') ?? node.field('left'), 120)
      if (credentialName.test(name) && credentialValue(literalOf(node.field('value') ?? node.field('right'))))
        yield node
    }
    for (const { node, name, args } of piece.calls) {
      if (
        /DriverManager\.getConnection$/.test(name) &&
        args.length === 3 &&
        literalOf(args[2]) &&
        (literalOf(args[2]) ?? '').length > 0
      )
        yield node
      if (/\.set(?:Password|Secret|ApiKey|AccessKey|SecretKey)$/.test(name) && credentialValue(literalOf(args[0])))
        yield node
    }
  },
  vulnerable: [
    'class A { String password = "hunter2!"; }',
    'class A { void f() throws Exception { DriverManager.getConnection("jdbc:x", "root", "s3cr3t"); } }',
  ],
  fixed: [
    'class A { String password = System.getenv("PASSWORD"); }',
    'class A { void f(String pass) throws Exception { DriverManager.getConnection("jdbc:x", "root", pass); } }',
  ],
})
