import { flowOf, isInput } from '../../flow.ts'
import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/nosql-built-text',
  cwe: ['CWE-943', 'CWE-89'],
  languages: ['python'],
  title: 'Puts values into a query of a document store',
  needs: ['Expression', '$where', '$', 'find', 'aggregate'],
  where: function* (piece) {
    for (const { node, named } of piece.calls)
      for (const key of ['FilterExpression', 'KeyConditionExpression', 'ConditionExpression', 'Statement'])
        if (flowOf(named.get(key), piece).built) yield node
    for (const node of piece.all('pair')) {
      const value = node.field('value')
      if (literal(node.field('key')) === '$where' && flowOf(value, piece).origin !== 'constant') yield node
    }
    for (const { node, name, args } of piece.calls)
      if (
        /\.(?:find_one|delete_many|update_one|update_many|aggregate)$/.test(name) &&
        args[0]?.kind() !== 'dictionary' &&
        isInput(args[0], piece)
      )
        yield node
  },
  vulnerable: [
    "def f(table, who):\n    return table.scan(FilterExpression=who + ' = :u')\n",
    "def f(db, who):\n    return db.users.find({'$where': 'this.name == \"' + who + '\"'})\n",
    'def f(db):\n    return db.users.find_one(request.get_json())\n',
  ],
  fixed: [
    "def f(table, who):\n    return table.scan(FilterExpression='name = :u', ExpressionAttributeValues={':u': who})\n",
    "def f(db):\n    return db.users.find_one({'name': str(request.json['name'])})\n",
  ],
})
