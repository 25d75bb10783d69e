import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'javascript/request-forgery',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-918'],
  title: 'Fetches an address that the request names',
  needs: ['fetch', 'axios', 'http', 'request', 'got', 'needle'],
  call: {
    name: /^(?:fetch|axios|got|needle|request|superagent|undici)(?:\.(?:get|post|put|patch|delete|head|request|stream))?$|^https?\.(?:get|request)$|\.goto$/,
    weak: ({ args }, piece) => {
      const [url] = args
      if (!url || !isInput(url, piece) || /^[`'"]https?:\/\/[\w.-]+\//.test(shortly(url))) return false
      return !checks.test(before(url, piece).slice(-1500))
    },
  },
  vulnerable: [
    "app.get('/p', async (req, res) => { const r = await fetch(req.query.url); res.send(await r.text()) })",
    "app.get('/p', (req, res) => { axios.get(req.query.url) })",
  ],
  fixed: [
    "app.get('/p', async (req, res) => { const u = new URL(req.query.url); if (!allowedHosts.has(u.hostname)) return res.sendStatus(400); const r = await fetch(u) })",
    "const r = await fetch('https://example.org/a')",
  ],
})
