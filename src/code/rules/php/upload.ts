import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'php/upload',
  languages: ['php'],
  cwe: ['CWE-434'],
  title: 'Keeps an uploaded file of whatever kind it is',
  needs: ['move_uploaded_file', 'getClientOriginalName', 'storeAs', 'copy('],
  call: {
    name: /(?:^\\?|->)(?:move_uploaded_file|storeAs|putFileAs|move)$/,
    weak: ({ name, node, args }, piece) =>
      (/move_uploaded_file/.test(name) ||
        args.some(arg => /getClientOriginalName/.test(shortly(arg))) ||
        (/->move$/.test(name) && /getClientOriginalName/.test(around(node, piece)))) &&
      !/PATHINFO_EXTENSION|finfo|mime_content_type|getimagesize|in_array|allowed|getMimeType|mimes:|validate\(|exif_imagetype|\['type'\]/i.test(
        around(node, piece),
      ),
  },
  vulnerable: ['<?php move_uploaded_file($_FILES["f"]["tmp_name"], "up/" . $_FILES["f"]["name"]);'],
  fixed: [
    '<?php $e = pathinfo($_FILES["f"]["name"], PATHINFO_EXTENSION); if (!in_array($e, ["png"], true)) { die("no"); } move_uploaded_file($_FILES["f"]["tmp_name"], "up/" . bin2hex(random_bytes(8)) . ".png");',
  ],
})
