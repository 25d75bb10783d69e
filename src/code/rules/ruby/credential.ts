import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { credentialName, credentialValue, literalOf } from '../../web.ts'

export default rule({
  id: 'ruby/credential',
  languages: ['ruby'],
  cwe: ['CWE-798', 'CWE-259'],
  title: 'Holds a password or a key in the code',
  where: function* (piece) {
    for (const node of piece.all('assignment', 'pair')) {
      const name = shortly(node.field('left') ?? node.field('key'), 120)
      if (
        credentialName.test(name.replace(/[:=>\s]+$/, '')) &&
        credentialValue(literalOf(node.field('right') ?? node.field('value')))
      )
        yield node
    }
  },
  vulnerable: ["password = 'hunter2!'", "client = Mysql2::Client.new(host: 'db', password: 's3cr3t')"],
  fixed: ["password = ENV['PASSWORD']", "client = Mysql2::Client.new(host: 'db', password: ENV.fetch('DB_PASSWORD'))"],
})
