import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { builtSql, sql } from '../../web.ts'

export default rule({
  id: 'ruby/sql',
  languages: ['ruby'],
  cwe: ['CWE-89'],
  title: 'Builds a statement of SQL from values that are not fixed',
  where: function* (piece) {
    yield* builtSql(piece)
    for (const { node, name, args } of piece.calls) {
      if (
        !/\.(?:where|find_by_sql|execute|exec_query|select_all|select_values|find_by|order|group|having|joins|from|pluck|delete_all|destroy_all|update_all|exists\?|count_by_sql|query|exec|calculate|reorder|lock|not)$/.test(
          name,
        )
      )
        continue
      const [first] = args
      if (!first) continue
      const { built, origin, text } = flowOf(first, piece)
      if (
        !/sanitize_sql|quote\(|connection\.quote|\.to_i/.test(shortly(first)) &&
        ((built && text !== '' && (!/execute|query|exec$/.test(name) || sql.test(text))) ||
          (origin === 'input' && /\.(?:order|group|having|pluck|from|joins|reorder|find_by_sql|execute)$/.test(name)))
      )
        yield node
    }
  },
  vulnerable: [
    'def show\n  @u = User.where("name = \'#{params[:name]}\'")\nend',
    'def f(id)\n  ActiveRecord::Base.connection.execute("DELETE FROM users WHERE id = #{id}")\nend',
    'def index\n  @u = User.order(params[:sort])\nend',
  ],
  fixed: [
    'def show\n  @u = User.where(name: params[:name])\nend',
    "def show\n  @u = User.where('name = ?', params[:name])\nend",
  ],
})
