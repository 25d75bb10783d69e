import { shortly } from '../../calls.ts'
import { flowOf, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'php/request-forgery',
  languages: ['php'],
  cwe: ['CWE-918'],
  title: 'Fetches an address that the request names',
  needs: ['curl', 'file_get_contents', 'fopen', 'Http', 'Guzzle', 'get_headers', 'wp_remote'],
  call: {
    name: /^\\?(?:curl_init|curl_setopt|file_get_contents|fopen|get_headers|wp_remote_\w+|fsockopen|getimagesize)$|^Http::\w+$|->(?:request|get|post)$/,
    weak: ({ name, args }, piece) => {
      const value = /setopt/.test(name)
        ? /CURLOPT_URL/.test(shortly(args[1]))
          ? args[2]
          : undefined
        : /->request$/.test(name)
          ? args[1]
          : args[0]
      if (!value || !isInput(value, piece) || checks.test(before(value, piece).slice(-1500))) return false
      if (/->(?:get|post)$/.test(name)) return /client|http|guzzle/i.test(name)
      const { built, text } = flowOf(value, piece)
      return /curl|headers|remote|Http|sock|request/.test(name) ? !/^https?:\/\/[\w.-]+\//.test(text) : !built
    },
  },
  vulnerable: [
    '<?php $c = curl_init($_GET["url"]); curl_exec($c);',
    '<?php $c = curl_init(); curl_setopt($c, CURLOPT_URL, $_POST["u"]);',
  ],
  fixed: ['<?php $c = curl_init("https://example.org/a");'],
})
