import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/mass-assignment',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-915'],
  title: 'Writes every field that was sent into a record',
  needs: ['body', 'query', 'request'],
  call: {
    name: /\.(?:create|insert|insertOne|insertMany|update|updateOne|findByIdAndUpdate|findOneAndUpdate|assign|build|set|save|merge)$|^new [A-Z]\w*$/,
    weak: ({ name, args }) =>
      args.some(
        (arg, i) =>
          /^(?:\{\s*(?:\$set\s*:\s*)?(?:\.\.\.)?)?(?:req|request|ctx\.request)\.(?:body|query)\s*(?:,[\s\S]*)?\}?$/.test(
            shortly(arg),
          ) && !(i === 0 && /assign$/.test(name)),
      ) && !/Error|Date|URL/.test(name),
  },
  vulnerable: [
    "app.put('/u/:id', async (req, res) => { await User.findByIdAndUpdate(req.params.id, req.body) })",
    'const user = await User.create(req.body)',
  ],
  fixed: [
    "app.put('/u/:id', async (req, res) => { const { name } = req.body; await User.findByIdAndUpdate(req.params.id, { name }) })",
  ],
})
