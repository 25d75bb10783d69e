import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

/** Asked before: only where programs are written, not where they serve. */
const asked = /IsDevelopment\s*\(\)|IsEnvironment\s*\(|#if\s+DEBUG/

export default rule({
  id: 'csharp/debug-left-on',
  cwe: ['CWE-489', 'CWE-215', 'CWE-209'],
  languages: ['csharp'],
  title: 'Shows its inside to visitors',
  needs: [
    'UseDeveloperExceptionPage',
    'UseDatabaseErrorPage',
    'IncludeExceptionDetailInFaults',
    'EnableSensitiveDataLogging',
    'ShowPII',
    'EnableDetailedErrors',
    'IncludeErrorDetailPolicy',
  ],
  where: function* (piece) {
    if (asked.test(piece.code)) return
    for (const { node, name, args } of piece.calls)
      if (
        /\.(?:UseDeveloperExceptionPage|UseDatabaseErrorPage|EnableSensitiveDataLogging)$/.test(name) &&
        shortly(args[0]) !== 'false'
      )
        yield node
    for (const { node, name, value } of settingsOf(piece))
      if (
        /^(?:IncludeExceptionDetailInFaults|ShowPII|EnableDetailedErrors)$/.test(lastPart(name)) &&
        shortly(value) === 'true'
      )
        yield node
  },
  vulnerable: ['public void Configure(IApplicationBuilder app) {\n  app.UseDeveloperExceptionPage();\n}\n'],
  fixed: [
    'public void Configure(IApplicationBuilder app, IWebHostEnvironment env) {\n  if (env.IsDevelopment()) app.UseDeveloperExceptionPage();\n}\n',
  ],
})
