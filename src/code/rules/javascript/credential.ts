import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { credentialName, credentialValue, literalOf } from '../../web.ts'

export default rule({
  id: 'javascript/credential',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-798', 'CWE-259'],
  title: 'Holds a password or a key in the code',
  where: function* (piece) {
    for (const node of piece.all(
      'variable_declarator',
      'pair',
      'assignment_expression',
      'public_field_definition',
      'field_definition',
    )) {
      const name = shortly(node.field('name') ?? node.field('key') ?? node.field('left') ?? node.field('property'), 120)
      const value = node.field('value') ?? node.field('right')
      if (credentialName.test(name) && credentialValue(literalOf(value))) yield node
    }
  },
  vulnerable: [
    "const password = 'hunter2!'",
    "const db = mysql.createConnection({ host: 'db', user: 'root', password: 's3cr3t' })",
    "const API_KEY = 'a8f5f167f44f4964e6c998dee827110c'",
  ],
  fixed: [
    'const password = process.env.PASSWORD',
    'const db = mysql.createConnection({ password: process.env.DB_PASSWORD })',
    "const password = ''",
    "const passwordField = document.getElementById('password')",
    "const labels = { password: 'Password' }",
  ],
})
