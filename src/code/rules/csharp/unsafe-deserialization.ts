import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

const formatters =
  'BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter|ObjectStateFormatter|SimpleTypeResolver|BinaryMessageFormatter'

export default rule({
  id: 'csharp/unsafe-deserialization',
  cwe: ['CWE-502', 'CWE-915'],
  languages: ['csharp'],
  title: 'Rebuilds objects of any class from data',
  needs: [
    'Formatter',
    'NetDataContractSerializer',
    'TypeNameHandling',
    'SimpleTypeResolver',
    'Deserialize',
    'ReadObject',
    'GetType',
  ],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (new RegExp(`^new (?:[\\w.]+\\.)?(?:${formatters})$`).test(name)) yield node
      if (/(?:[Ff]ormatter|\bbf)(?:\(\))?\.(?:Unsafe)?Deserialize\w*$/.test(name) && !/Json|Xml|MessagePack/.test(name))
        yield node
      if (
        /^new (?:[\w.]+\.)?(?:XmlSerializer|DataContractSerializer|DataContractJsonSerializer)$/.test(name) &&
        /GetType\(/.test(shortly(args[0])) &&
        !isConstant(args[0], piece)
      )
        yield node
    }
    for (const { node, name, value } of settingsOf(piece))
      if (
        lastPart(name) === 'TypeNameHandling' &&
        /^TypeNameHandling\.(?:All|Auto|Objects|Arrays)$/.test(shortly(value).replace(/^.*?(?=TypeNameHandling)/, ''))
      )
        yield node
  },
  vulnerable: [
    'public object Load(Stream s) {\n  var formatter = new BinaryFormatter();\n  return formatter.Deserialize(s);\n}\n',
    'public object Load(string json) {\n  var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };\n  return JsonConvert.DeserializeObject(json, settings);\n}\n',
  ],
  fixed: [
    'public Order Load(string json) {\n  return JsonSerializer.Deserialize<Order>(json);\n}\n',
    'public Order Load(string json) {\n  var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.None };\n  return JsonConvert.DeserializeObject<Order>(json, settings);\n}\n',
  ],
})
