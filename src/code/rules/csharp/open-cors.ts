import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/open-cors',
  cwe: ['CWE-942', 'CWE-346'],
  languages: ['csharp'],
  title: 'Every site may read the answers',
  needs: ['AllowAnyOrigin', 'WithOrigins', 'SetIsOriginAllowed', 'Access-Control-Allow-Origin', 'EnableCors'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const texts = args.slice(0, 3).map(a => shortly(a))
      if (/\.AllowAnyOrigin$/.test(name)) yield node
      if (
        /\.(?:WithOrigins|EnableCorsAttribute)$|^new (?:[\w.]+\.)?EnableCorsAttribute$/.test(name) &&
        texts[0] === '"*"'
      )
        yield node
      if (/\.SetIsOriginAllowed$/.test(name) && /=>\s*true$/.test(texts[0] ?? '')) yield node
      if (texts[0] === '"Access-Control-Allow-Origin"' && texts[1] === '"*"') yield node
    }
    for (const node of piece.all('attribute'))
      if (/^EnableCors(?:Attribute)?\s*\(\s*(?:origins\s*:\s*)?"\*"/.test(shortly(node))) yield node
    for (const node of piece.all('assignment_expression'))
      if (/\["Access-Control-Allow-Origin"\]\s*=\s*"\*"$/.test(shortly(node))) yield node
  },
  vulnerable: ['services.AddCors(o => o.AddPolicy("web", p => p.AllowAnyOrigin().AllowAnyMethod()));\n'],
  fixed: ['services.AddCors(o => o.AddPolicy("web", p => p.WithOrigins("https://shop.example").AllowAnyMethod()));\n'],
})
