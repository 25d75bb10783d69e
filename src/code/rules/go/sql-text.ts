import { type Call, shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

const runs =
  /\.(?:Query|QueryRow|QueryContext|QueryRowContext|Exec|ExecContext|Prepare|PrepareContext|Queryx|QueryRowx|NamedExec|NamedQuery|MustExec|Raw|Where|Select|Get|Having|Order|Not|Or)$/
const words = /\b(?:select|insert|update|delete|where|from|into|drop|create|alter|exec|order by|values)\b/i
/** Part of a statement, where nothing else is taken. */
const part = /\.(?:Where|Having|Order|Not|Or)$/
const compares = /(?:[=<>]|\blike\b|\bin\b)\s*\(?['"%\s)]*$|[=<>]\s*'|\b(?:asc|desc)\b/i

function open({ name, args }: Call, piece: Piece): boolean {
  if (/^(?:http|url|exec|r\.URL|req\.URL|os)\b/.test(name)) return false
  const at = /^(?:ctx|context\.\w+|c\.Request\.Context|r\.Context)/.test(shortly(args[0])) ? 1 : 0
  return args.slice(at, at + 2).some(value => {
    const { built, text } = flowOf(value, piece)
    return built && (words.test(text) || (part.test(name) && compares.test(text)))
  })
}

export default rule({
  id: 'go/sql-text',
  cwe: ['CWE-89', 'CWE-943', 'CWE-20'],
  languages: ['go'],
  title: 'A database statement is put together from values',
  needs: ['Query', 'Exec', 'Prepare', 'Raw', 'Where', 'Select', 'Get'],
  call: { name: runs, weak: open },
  vulnerable: [
    'package main\n\nfunc find(db *sql.DB, name string) (*sql.Rows, error) {\n\treturn db.Query(fmt.Sprintf("SELECT * FROM users WHERE name = \'%s\'", name))\n}\n',
    'package main\n\nfunc drop(db *sql.DB, id string) error {\n\tq := "DELETE FROM items WHERE id = " + id\n\t_, err := db.Exec(q)\n\treturn err\n}\n',
  ],
  fixed: [
    'package main\n\nfunc find(db *sql.DB, name string) (*sql.Rows, error) {\n\treturn db.Query("SELECT * FROM users WHERE name = ?", name)\n}\n',
    'package main\n\nfunc drop(db *sql.DB, id string) error {\n\t_, err := db.ExecContext(ctx, "DELETE FROM items WHERE id = $1", id)\n\treturn err\n}\n',
  ],
})
