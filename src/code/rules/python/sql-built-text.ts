import { flowOf } from '../../flow.ts'
import { sqlText } from '../../python.ts'
import { rule } from '../../rule.ts'

const sinks =
  /(?:^|[.:])(?:execute|executemany|executescript|execute_sql|execute_query|exec_driver_sql|raw|extra|read_sql(?:_query)?|RawSQL|mogrify|fetchrow|fetchval|from_statement|db_query|run_query|query_db|sql|prepare)$/

/** Expressions that put a text together. */
const textual = /^(?:binary_operator|string|concatenated_string|call|parenthesized_expression)$/

export default rule({
  id: 'python/sql-built-text',
  cwe: ['CWE-89'],
  languages: ['python'],
  title: 'Puts values into the text of a query',
  needs:
    'execute select SELECT Select insert INSERT Insert update UPDATE Update delete DELETE Delete drop DROP create CREATE alter ALTER truncate TRUNCATE replace REPLACE merge MERGE grant GRANT'.split(
      ' ',
    ),
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls) {
      if (!sinks.test(name) && !/query|sql|exec|select|fetch|cursor|statement/i.test(name)) continue
      const first = args[0] ?? named.get('sql') ?? named.get('query') ?? named.get('where')
      const { built, text } = flowOf(first, piece)
      if (
        built &&
        (sqlText.test(text) ||
          (/(?:^|\.)(?:execute|executemany|executescript|raw)$/.test(name) &&
            text.length > 5 &&
            /\b(?:cur|cursor|c|conn|connection|db|database|session|engine|objects|con|self\.\w+)(?:\(\))?\.\w+$/.test(
              name,
            ) &&
            /\b(?:select|from|where|set|into|table|values|and|user|database)\b/i.test(text)))
      )
        yield node
    }
    for (const node of piece.all('assignment', 'augmented_assignment', 'return_statement')) {
      const value = node.field('right') ?? node.namedChildren()[0]
      if (!value || !textual.test(String(value.kind()))) continue
      const { built, text } = flowOf(value, piece)
      if (built && sqlText.test(text)) yield node
    }
  },
  vulnerable: [
    'def f(cur, name):\n    cur.execute("SELECT * FROM users WHERE name = \'%s\'" % name)\n',
    'def f(cur, name):\n    q = "DELETE FROM users WHERE name = \'" + name + "\'"\n    cur.execute(q)\n',
    'def f(cur, name):\n    cur.execute(f"SELECT id FROM t WHERE a = {name}")\n',
    'def f(self, a):\n    return self.db.run("UPDATE t SET a = {}".format(a))\n    q = "UPDATE t SET a = {}".format(a)\n',
  ],
  fixed: [
    'def f(cur, name):\n    cur.execute("SELECT * FROM users WHERE name = %s", (name,))\n',
    'def f(cur, ids):\n    marks = ",".join("?" * len(ids))\n    cur.execute("SELECT * FROM t WHERE id IN (" + marks + ")", ids)\n',
    'TABLE = "users"\ndef f(cur):\n    cur.execute("SELECT * FROM " + TABLE)\n',
  ],
})
