import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { builtSql, sql } from '../../web.ts'

export default rule({
  id: 'php/sql',
  languages: ['php'],
  cwe: ['CWE-89'],
  title: 'Builds a statement of SQL from values that are not fixed',
  where: function* (piece) {
    yield* builtSql(piece)
    for (const { node, name, args } of piece.calls) {
      if (
        !/(?:^|->|::|_)(?:query|exec|execute|prepare|multi_query|real_query|select|statement|raw|whereRaw|selectRaw|orderByRaw|havingRaw|unprepared|get_results|get_row|get_var|get_col|createQuery|createNativeQuery|fetchAll|executeQuery)$/i.test(
          name,
        )
      )
        continue
      if (
        args.slice(0, 2).some(arg => {
          const { built, text } = flowOf(arg, piece)
          return built && sql.test(text)
        })
      )
        yield node
    }
  },
  vulnerable: [
    '<?php $r = mysqli_query($c, "SELECT * FROM users WHERE name = \'" . $_POST["name"] . "\'");',
    '<?php function f($db, $id) { return $db->query("SELECT * FROM users WHERE id = $id"); }',
    '<?php function f($id) { return DB::select(DB::raw("select * from users where id = $id")); }',
  ],
  fixed: [
    '<?php function f($db, $id) { $s = $db->prepare("SELECT * FROM users WHERE id = ?"); $s->execute([$id]); }',
    '<?php $id = (int) $_GET["id"]; $db->query("SELECT * FROM users WHERE id = " . $id);',
  ],
})
