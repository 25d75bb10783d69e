import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'java/address-not-fixed',
  languages: ['java'],
  cwe: ['CWE-918'],
  title: 'Connects to an address that is not fixed and not checked',
  needs: [
    'URL',
    'URI',
    'Socket',
    'InetAddress',
    'RestTemplate',
    'restTemplate',
    'HttpGet',
    'HttpPost',
    'WebClient',
    'Jsoup',
  ],
  call: {
    name: /^new (?:java\.net\.)?(?:URL|InetSocketAddress|Socket|HttpGet|HttpPost|HttpPut|HttpDelete|GetMethod|PostMethod)$|(?:^|\.)(?:URI\.create|InetAddress\.getByName|Jsoup\.connect)$|rest[tT]emplate\.(?:getForObject|getForEntity|postForObject|postForEntity|exchange)$/,
    weak: ({ args }, piece) => {
      const [to] = args
      if (!to || /^\d+$/.test(shortly(to))) return false
      const { origin, text } = flowOf(to, piece)
      if (origin === 'constant' || /^https?:\/\/[\w.-]+\//.test(text)) return false
      if (args.length === 1 && /[pP]ort$/.test(shortly(to))) return false
      return !/getHost\(\).*(?:equals|contains)|(?:allow|whitelist|trusted|permitted)\w*\.?(?:contains)?|isAllowed|isSiteLocal/i.test(
        before(to, piece, 600).slice(-1800),
      )
    },
  },
  vulnerable: [
    'class A { InputStream f(String src) throws Exception { return new URL(src).openStream(); } }',
    'class A { void f(HttpServletRequest request) throws Exception { URL u = new URL(request.getParameter("url")); u.openConnection(); } }',
  ],
  fixed: [
    'class A { InputStream f() throws Exception { return new URL("https://example.org/a").openStream(); } }',
    'class A { InputStream f(String host) throws Exception { if (!ALLOWED_HOSTS.contains(host)) throw new Exception(); return new URL("https://" + host).openStream(); } }',
  ],
})
