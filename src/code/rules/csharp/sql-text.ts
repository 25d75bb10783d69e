import { type Call, shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'
import type { Tree } from '../../tree.ts'

/** These take a statement and nothing that could be taken for one. */
const statements =
  /(?:^new (?:[\w.]+\.)?\w*(?:Sql|OleDb|Odbc|Oracle|Npgsql|SQLite|Db|Hana|Fb)\w*(?:Command|DataAdapter)$|^new (?:[\w.]+\.)?(?:\w+Command|ObjectQuery|SqlQuery)(?:<.*>)?$|\.(?:ExecuteSqlRaw|ExecuteSqlRawAsync|FromSqlRaw|ExecuteSqlCommand|ExecuteSqlCommandAsync|SqlQuery|SqlQueryRaw|CreateSQLQuery|CreateSqlQuery|ExecuteStoreQuery|ExecuteStoreCommand|FromSql|ExecuteNonQuery|ExecuteScalar|ExecuteReader|ExecuteDataset|ExecuteDataTable|ExecuteSql|ExecSql|ExecuteQuery|RunSql)(?:Async)?(?:<.*>)?$)/
/** These have many meanings: only text put together counts. */
const perhaps =
  /\.(?:Query|QueryAsync|QueryFirst\w*|QuerySingle\w*|Execute|ExecuteAsync|CreateQuery|Prepare|Select|GetDataTable|GetDataSet|Fill|ExecuteCommand)(?:<.*>)?$/
const words = /\b(?:select|insert|update|delete|exec|execute|where|from|into|drop|create|alter|merge|call|truncate)\b/i

/** Text filled piece by piece: `builder.Append(x)` makes what `builder.ToString()` gives. */
function appended(value: Tree, piece: Piece): boolean {
  const name = /^(\w+)\.ToString\(\)$/.exec(shortly(value))?.[1]
  return (
    name !== undefined &&
    piece.calls.some(
      c => c.name.startsWith(`${name}.Append`) && c.args.some(a => flowOf(a, piece).origin !== 'constant'),
    )
  )
}

function open(value: Tree | undefined, piece: Piece, built: boolean): boolean {
  if (
    !value ||
    /^(?:lambda_expression|anonymous_method_expression|array_creation_expression)$/.test(String(value.kind()))
  )
    return false
  const flow = flowOf(value, piece)
  if (appended(value, piece)) return true
  return built ? flow.built && words.test(flow.text) : flow.origin !== 'constant' || flow.built
}

function sink(call: Call, piece: Piece): boolean {
  const { name, args, named } = call
  const sure = statements.test(name)
  if (!sure && !perhaps.test(name)) return false
  if (name.startsWith('new ') && /(?:Relay|Delegate|Routed|Menu|Async|Reactive|Console|Bot|Action)Command/.test(name))
    return false
  if (/Interpolated/.test(name)) return false
  const given = [...args, ...named.values()].slice(0, 4)
  if (name.startsWith('new ')) return open(given[0], piece, !/Sql|OleDb|Odbc|Oracle|Npgsql|SQLite|Db/.test(name))
  return given.some(value => open(value, piece, !sure))
}

export default rule({
  id: 'csharp/sql-text',
  cwe: ['CWE-89', 'CWE-943', 'CWE-20'],
  languages: ['csharp'],
  title: 'A database statement is put together from values',
  needs: ['Command', 'Query', 'Sql', 'SQL', 'Execute', 'DataAdapter', 'Fill', 'Select'],
  where: function* (piece) {
    for (const call of piece.calls) if (sink(call, piece)) yield call.node
    for (const { node, name, value } of settingsOf(piece))
      if (
        /^(?:CommandText|SelectCommand|InsertCommand|UpdateCommand|DeleteCommand)$/.test(lastPart(name)) &&
        value.kind() !== 'object_creation_expression' &&
        open(value, piece, false)
      )
        yield node
  },
  vulnerable: [
    'public User Find(string name) {\n  var cmd = new SqlCommand("SELECT * FROM users WHERE name = \'" + name + "\'", conn);\n  return Read(cmd.ExecuteReader());\n}\n',
    'public void Drop(string id) {\n  cmd.CommandText = $"DELETE FROM items WHERE id = {id}";\n  cmd.ExecuteNonQuery();\n}\n',
    'var rows = db.Users.FromSqlRaw("SELECT * FROM Users WHERE Name = \'" + name + "\'").ToList();\n',
    'public IEnumerable<Item> All(string table) {\n  var sql = string.Format("SELECT * FROM {0}", table);\n  return conn.Query<Item>(sql);\n}\n',
  ],
  fixed: [
    'public User Find(string name) {\n  var cmd = new SqlCommand("SELECT * FROM users WHERE name = @name", conn);\n  cmd.Parameters.AddWithValue("@name", name);\n  return Read(cmd.ExecuteReader());\n}\n',
    'public void Drop(string id) {\n  cmd.CommandText = "DELETE FROM items WHERE id = @id";\n  cmd.Parameters.Add(new SqlParameter("@id", id));\n  cmd.ExecuteNonQuery();\n}\n',
    'public IEnumerable<Item> All(int kind) {\n  const string sql = "SELECT * FROM items WHERE kind = @kind";\n  return conn.Query<Item>(sql, new { kind });\n}\n',
  ],
})
