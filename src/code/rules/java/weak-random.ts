import { rule } from '../../rule.ts'

export default rule({
  id: 'java/weak-random',
  languages: ['java'],
  cwe: ['CWE-330', 'CWE-338'],
  title: 'Draws from a generator that can be foretold',
  needs: ['Random', 'random', '.next'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /^new (?:java\.util\.)?(?:Random|SplittableRandom)$|^Math\.random$|^(?:ThreadLocalRandom\.current\(\)|RandomUtils|RandomStringUtils)\.\w+$|^ThreadLocalRandom\.current$/.test(
          name,
        )
      )
        yield node
      else if (
        /(?:^|\.)\w*(?:[rR]andom|[rR]nd|[rR]ng|^r|rand)\w*(?:\(\))?\.next(?:Int|Long|Double|Float|Boolean|Bytes|Gaussian)$/.test(
          name,
        ) &&
        !/[sS]ecure/.test(name) &&
        !/SecureRandom/.test(piece.code)
      )
        yield node
      else if (
        /^r\.next(?:Int|Long|Double|Float|Boolean|Bytes|Gaussian)$/.test(name) &&
        args.length < 2 &&
        !/SecureRandom|Scanner/.test(piece.code)
      )
        yield node
    }
  },
  vulnerable: [
    'class A { String token() { return Long.toHexString(new Random().nextLong()); } }',
    'class A { double f() { return Math.random(); } }',
  ],
  fixed: ['class A { String token() { byte[] b = new byte[16]; new SecureRandom().nextBytes(b); return hex(b); } }'],
})
