import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/deserialise',
  languages: ['java'],
  cwe: ['CWE-502'],
  title: 'Brings objects of any class to life from a stream',
  needs: [
    'ObjectInputStream',
    'XMLDecoder',
    'XStream',
    'enableDefaultTyping',
    'activateDefaultTyping',
    'new Yaml(',
    'Kryo',
    'readObject',
    'readUnshared',
    'Hessian',
    'autoType',
    'parseObject',
    'SerializationUtils',
  ],
  where: function* (piece) {
    const filtered = /setObjectInputFilter|ObjectInputFilter|ValidatingObjectInputStream|LookAhead|resolveClass/.test(
      piece.code,
    )
    for (const { node, name, args } of piece.calls) {
      if (
        /^new (?:java\.(?:io|beans)\.)?(?:ObjectInputStream|XMLDecoder|HessianInput|Hessian2Input)$|SerializationUtils\.deserialize$/.test(
          name,
        ) &&
        !filtered &&
        args.length > 0
      )
        yield node
      else if (/^new XStream$/.test(name) && !/allowTypes|addPermission|NoTypePermission/.test(piece.code)) yield node
      else if (
        /\.(?:enableDefaultTyping|activateDefaultTyping)$/.test(name) &&
        !/PolymorphicTypeValidator|ptv/i.test(shortly(args[0]))
      )
        yield node
      else if (
        /^new (?:org\.yaml\.snakeyaml\.)?Yaml$/.test(name) &&
        !/SafeConstructor/.test(args.map(arg => shortly(arg)).join())
      )
        yield node
      else if (/setAutoTypeSupport$/.test(name) && shortly(args[0]) === 'true') yield node
      else if (/setRegistrationRequired$/.test(name) && shortly(args[0]) === 'false') yield node
    }
  },
  vulnerable: [
    'class A { Object f(InputStream in) throws Exception { ObjectInputStream o = new ObjectInputStream(in); return o.readObject(); } }',
    'class A { void f(String t) { Yaml y = new Yaml(); y.load(t); } }',
  ],
  fixed: [
    'class A { Object f(InputStream in) throws Exception { ObjectInputStream o = new ObjectInputStream(in); o.setObjectInputFilter(filter); return o.readObject(); } }',
    'class A { void f(String t) { Yaml y = new Yaml(new SafeConstructor(new LoaderOptions())); y.load(t); } }',
  ],
})
