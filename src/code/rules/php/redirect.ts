import { shortly } from '../../calls.ts'
import { flowOf, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'php/redirect',
  languages: ['php'],
  cwe: ['CWE-601'],
  title: 'Sends the visitor where the request says',
  needs: ['header', 'redirect', 'Redirect'],
  call: {
    name: /^\\?header$|(?:^|->|::)(?:redirect|redirect_to|away|wp_redirect|RedirectResponse)$|^(?:wp_redirect|redirect)$|^new RedirectResponse$/,
    weak: ({ name, args }, piece) => {
      const [value] = args
      if (
        !value ||
        !isInput(value, piece) ||
        (/header$/.test(name) && !/^["']?\s*location:/i.test(flowOf(value, piece).text))
      )
        return false
      return (
        !checks.test(before(value, piece).slice(-1500)) &&
        !/^["'][^$]*[lL]ocation:\s*(?:\/\w|\w+\.php|https?:\/\/[\w.]+\/)/.test(shortly(value))
      )
    },
  },
  vulnerable: [
    '<?php header("Location: " . $_GET["url"]);',
    '<?php function go(Request $request) { return redirect($request->input("next")); }',
  ],
  fixed: [
    '<?php header("Location: /home.php");',
    '<?php $u = $_GET["url"]; if (!in_array($u, $allowed, true)) { $u = "/"; } header("Location: " . $u);',
  ],
})
