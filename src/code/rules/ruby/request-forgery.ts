import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'ruby/request-forgery',
  languages: ['ruby'],
  cwe: ['CWE-918'],
  title: 'Fetches an address that the request names',
  needs: ['HTTP', 'open', 'RestClient', 'Faraday', 'URI', 'Curl', 'Typhoeus'],
  call: {
    name: /^(?:Net::HTTP\.(?:get|get_response|post|start|new)|URI\.(?:open|parse)|open|OpenURI\.open_uri|RestClient\.\w+|HTTParty\.\w+|Faraday\.\w+|HTTP\.\w+|Typhoeus\.\w+|Excon\.\w+)$/,
    weak: ({ args }, piece) =>
      !!args[0] &&
      isInput(args[0], piece) &&
      !/^"https?:\/\/[\w.-]+\//.test(shortly(args[0])) &&
      !checks.test(before(args[0], piece, 300).slice(-1200)),
  },
  vulnerable: ['def show\n  Net::HTTP.get(URI(params[:url]))\nend', 'def show\n  HTTParty.get(params[:url])\nend'],
  fixed: ["def show\n  HTTParty.get('https://example.org/a')\nend"],
})
