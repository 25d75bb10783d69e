import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { builtSql, sql } from '../../web.ts'

export default rule({
  id: 'javascript/sql',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-89'],
  title: 'Builds a statement of SQL from values that are not fixed',
  where: function* (piece) {
    yield* builtSql(piece)
    for (const call of piece.calls) {
      if (
        !/(?:^|\.)(?:query|execute|raw|whereRaw|havingRaw|orderByRaw|selectRaw|\$queryRawUnsafe|\$executeRawUnsafe|literal|prepare|each|all|get|run|exec)$/.test(
          call.name,
        )
      )
        continue
      const { built, text } = flowOf(call.args[0], piece)
      if (built && sql.test(text)) yield call.node
    }
  },
  vulnerable: [
    'function find(name) { return db.query("SELECT * FROM users WHERE name = \'" + name + "\'") }',
    "app.get('/u', (req, res) => { const q = `SELECT * FROM users WHERE id = ${req.query.id}`; pool.query(q) })",
    "let q = 'DELETE FROM t WHERE id = '\nq += req.params.id\nconnection.query(q)",
  ],
  fixed: [
    "function find(name) { return db.query('SELECT * FROM users WHERE name = ?', [name]) }",
    "app.get('/u', (req, res) => { pool.query('SELECT * FROM users WHERE id = $1', [req.query.id]) })",
    'const rows = await sql`SELECT * FROM users WHERE id = ${id}`',
  ],
})
