import { isConstant, isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/code-from-text',
  cwe: ['CWE-94', 'CWE-95', 'CWE-470'],
  languages: ['csharp'],
  title: 'Runs text or bytes as code',
  needs: [
    'CSharpScript',
    'CompileAssembly',
    'Assembly.Load',
    'Activator',
    'Type.GetType',
    'Compute',
    'CSharpCompilation',
    'ParseText',
  ],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /CSharpScript\.(?:EvaluateAsync|RunAsync|Create)(?:<.*>)?$|CompileAssemblyFromSource$|SyntaxTree\.ParseText$/.test(
          name,
        ) &&
        args.some(a => !isConstant(a, piece))
      )
        yield node
      if (/(?:[tT]able|\bdt)(?:\(\))?\.Compute$/.test(name) && !isConstant(args[0], piece)) yield node
      if (
        /(?:^|\.)(?:Assembly\.Load(?:File|From)?|Type\.GetType|Activator\.CreateInstance)$/.test(name) &&
        isHandedIn(args[0], piece)
      )
        yield node
    }
  },
  vulnerable: [
    'public async Task<object> Calc(string formula) {\n  return await CSharpScript.EvaluateAsync(formula);\n}\n',
  ],
  fixed: ['public double Calc(string a) {\n  return double.Parse(a) * 2;\n}\n'],
})
