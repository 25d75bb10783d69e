import { isHandedIn, isInput } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/request-forgery',
  cwe: ['CWE-918'],
  languages: ['csharp'],
  title: 'Fetches an address that the visitor chooses',
  needs: ['Http', 'WebClient', 'WebRequest', 'Download', 'GetAsync', 'GetStringAsync', 'GetStreamAsync', 'PostAsync'],
  call: {
    name: /\.(?:GetAsync|GetStringAsync|GetStreamAsync|GetByteArrayAsync|PostAsync|DownloadString\w*|DownloadData\w*|DownloadFile\w*|OpenRead)$|WebRequest\.Create(?:Http)?$/,
    weak: ({ args: [to] }, piece) =>
      !guarded(to, piece) &&
      (isInput(to, piece) ||
        (isHandedIn(to, piece) &&
          /\b(?:I?ActionResult|\[Http(?:Get|Post)|ControllerBase?|FromQuery)\b/.test(piece.code))),
  },
  vulnerable: [
    'public async Task<IActionResult> Fetch(string url) {\n  return Ok(await client.GetStringAsync(url));\n}\n',
  ],
  fixed: [
    'public async Task<IActionResult> Fetch(string url) {\n  if (!allowedHosts.Contains(new Uri(url).Host)) return BadRequest();\n  return Ok(await client.GetStringAsync(url));\n}\n',
  ],
})
