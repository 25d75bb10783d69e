import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/tls-off',
  languages: ['php'],
  cwe: ['CWE-295'],
  title: 'Takes any certificate',
  needs: ['CURLOPT_SSL', 'verify', 'allow_self_signed', 'sslverify'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /^\\?curl_setopt$/.test(name) &&
        /CURLOPT_SSL_VERIFY(?:PEER|HOST|STATUS)/.test(shortly(args[1])) &&
        /^(?:false|0|['"]0?['"])$/i.test(shortly(args[2], 8))
      )
        yield node
      else if (/->(?:withoutVerifying)$|Http::withoutVerifying$/.test(name)) yield node
    for (const node of piece.all('array_element_initializer'))
      if (
        /^(?:\\?CURLOPT_SSL_VERIFY(?:PEER|HOST)|['"](?:verify|verify_peer|verify_peer_name|sslverify|ssl_verify)['"]|(?:\\?GuzzleHttp\\)?RequestOptions::VERIFY)\s*=>\s*(?:false|0)$|^['"]allow_self_signed['"]\s*=>\s*true$/i.test(
          shortly(node),
        )
      )
        yield node
  },
  vulnerable: [
    '<?php curl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);',
    "<?php $client = new Client(['verify' => false]);",
  ],
  fixed: ['<?php curl_setopt($c, CURLOPT_SSL_VERIFYPEER, true);'],
})
