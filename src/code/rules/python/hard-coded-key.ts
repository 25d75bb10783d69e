import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/hard-coded-key',
  cwe: ['CWE-321', 'CWE-798'],
  languages: ['python'],
  title: 'Signs or encrypts with a key from the code',
  needs: ['jwt', 'hmac', 'AES', 'Fernet', 'DES', 'Signer', 'Serializer', 'Cipher', 'sign', 'HS256'],
  call: {
    name: /^(?:jwt|jose\.jwt|pyjwt)\.(?:en|de)code$|^hmac\.new$|(?:^|\.)(?:AES|DES3?|ARC4|Blowfish)\.new$|(?:^|\.)(?:Fernet|AESGCM|algorithms\.AES|URLSafe(?:Timed)?Serializer|TimedJSONWebSignatureSerializer|TimestampSigner)$/,
    weak({ name, args, named }, piece) {
      const key = named.get('key') ?? (/code$/.test(name) ? args[1] : args[0])
      if (!key) return false
      const { origin, text } = flowOf(key, piece)
      return origin === 'constant' && text.length > 2
    },
  },
  vulnerable: [
    "import jwt\ntoken = jwt.encode(claims, 'my-signing-secret', algorithm='HS256')\n",
    "KEY = b'sixteen byte key'\ncipher = AES.new(KEY, AES.MODE_EAX)\n",
    "import hmac, hashlib\nmac = hmac.new(b'fixed', body, hashlib.sha256)\n",
  ],
  fixed: [
    "import jwt\ntoken = jwt.encode(claims, os.environ['KEY'], algorithm='HS256')\n",
    'def f(key):\n    return AES.new(key, AES.MODE_EAX)\n',
  ],
})
