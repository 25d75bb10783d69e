import { named } from '../../c.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

const words = /\b(?:select|insert|update|delete|where|from|into|drop|create|alter|exec|values)\b/i

export default rule({
  id: 'cpp/sql-text',
  cwe: ['CWE-89', 'CWE-943', 'CWE-20'],
  languages: ['cpp'],
  title: 'A database statement is put together from values',
  needs: ['sqlite3_', 'mysql_', 'PQ', 'SQLExec', 'SQLPrepare', 'exec', 'Query', 'query', 'prepare'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        !(
          named(
            'sqlite3_(?:exec|prepare(?:_v[23])?|get_table)|mysql_(?:real_)?query|PQ(?:exec|prepare|sendQuery)|SQLExecDirect[AW]?|SQLPrepare[AW]?|OCIStmtPrepare',
          ).test(name) ||
          /(?:\.|->)(?:exec|exec0|executeQuery|executeUpdate|execute|prepare|prepareStatement|query|runCommand)$/.test(
            name,
          )
        )
      )
        continue
      const open = args.slice(0, 3).some(a => {
        const { built, text } = flowOf(a, piece)
        return built && words.test(text)
      })
      if (open) yield node
    }
  },
  vulnerable: [
    'int find(sqlite3 *db, const char *name) {\n  char q[256];\n  snprintf(q, sizeof q, "SELECT * FROM users WHERE name = \'%s\'", name);\n  return sqlite3_exec(db, q, 0, 0, 0);\n}\n',
    'void drop(MYSQL *db, const std::string &id) {\n  std::string q = "DELETE FROM items WHERE id = " + id;\n  mysql_query(db, q.c_str());\n}\n',
  ],
  fixed: [
    'int find(sqlite3 *db, const char *name) {\n  sqlite3_stmt *s;\n  sqlite3_prepare_v2(db, "SELECT * FROM users WHERE name = ?", -1, &s, 0);\n  return sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);\n}\n',
  ],
})
