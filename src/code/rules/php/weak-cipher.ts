import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'php/weak-cipher',
  languages: ['php'],
  cwe: ['CWE-327', 'CWE-326'],
  title: 'Encrypts with a cipher, a mode or a padding that is broken',
  needs: ['crypt', 'MCRYPT'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/^\\?mcrypt_(?:encrypt|decrypt|module_open|cbc|ecb|cfb|ofb|generic)$/.test(name)) yield node
      else if (
        /^\\?openssl_(?:en|de)crypt$/.test(name) &&
        /ecb|^(?:des|rc[24]|bf|cast|seed|idea)/i.test(fixedText(args[1], piece) ?? '')
      )
        yield node
      else if (
        /^\\?openssl_(?:public|private)_(?:en|de)crypt$/.test(name) &&
        (args.length < 4 || /PKCS1_PADDING|NO_PADDING/.test(shortly(args[3])))
      )
        yield node
    }
  },
  vulnerable: [
    "<?php $c = openssl_encrypt($t, 'des-ecb', $k);",
    "<?php $c = openssl_encrypt($t, 'AES-128-ECB', $k);",
    '<?php $c = mcrypt_encrypt(MCRYPT_DES, $k, $t, "ecb");',
  ],
  fixed: ["<?php $c = openssl_encrypt($t, 'aes-256-gcm', $k, 0, $iv, $tag);"],
})
