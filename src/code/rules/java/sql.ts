import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { builtSql, sql } from '../../web.ts'

export default rule({
  id: 'java/sql',
  languages: ['java'],
  cwe: ['CWE-89', 'CWE-564'],
  title: 'Builds a statement of SQL from values that are not fixed',
  where: function* (piece) {
    yield* builtSql(piece)
    for (const { node, name, args } of piece.calls) {
      if (
        !/\.(?:execute|executeQuery|executeUpdate|executeLargeUpdate|addBatch|prepareStatement|prepareCall|createQuery|createNativeQuery|createSQLQuery|query|queryForObject|queryForList|queryForMap|update|rawQuery|execSQL|nativeSQL)$/.test(
          name,
        )
      )
        continue
      if (
        args.some(arg => {
          const { built, text } = flowOf(arg, piece)
          return built && sql.test(text)
        })
      )
        yield node
    }
  },
  vulnerable: [
    'class A { void f(String n) throws Exception { st.executeQuery("SELECT * FROM users WHERE name = \'" + n + "\'"); } }',
    'class A { void f(String n) throws Exception { String q = String.format("SELECT * FROM users WHERE name = \'%s\'", n); st.executeQuery(q); } }',
  ],
  fixed: [
    'class A { void f(String n) throws Exception { PreparedStatement p = c.prepareStatement("SELECT * FROM users WHERE name = ?"); p.setString(1, n); p.executeQuery(); } }',
  ],
})
