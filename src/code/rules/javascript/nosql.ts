import { shortly } from '../../calls.ts'
import { isConstant, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'javascript/nosql',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-943'],
  title: 'Hands what was sent to a query of documents as it is',
  needs: ['find', 'delete', 'update', 'remove', 'count', 'aggregate', '$where'],
  call: {
    name: /\.(?:find|findOne|findOneAnd\w+|deleteOne|deleteMany|updateOne|updateMany|update|remove|count|countDocuments|aggregate|where|\$where|exists|distinct)$/,
    weak: ({ args }, piece) => {
      const [filter] = args
      if (!filter) return false
      const text = shortly(filter, 2000)
      if (/\$where/.test(text) && !isConstant(filter, piece)) return true
      if (!/^(?:object|identifier|member_expression)$/.test(String(filter.kind()))) return false
      if (/String\(|toString\(|\$eq\b|sanitize|escape|ObjectId|Number\(|parseInt/.test(before(filter, piece)))
        return false
      return isInput(filter, piece)
    },
  },
  vulnerable: [
    "app.post('/login', async (req, res) => { const user = await User.findOne({ name: req.body.name, pass: req.body.pass }) })",
    'function f(age) { return users.find({ $where: `this.age > ${age}` }) }',
  ],
  fixed: [
    "app.post('/login', async (req, res) => { const user = await User.findOne({ name: String(req.body.name) }) })",
    'function f(age) { return users.find({ age: { $gt: age } }) }',
  ],
})
