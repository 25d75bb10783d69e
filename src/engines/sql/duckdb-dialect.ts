import type { Dialect } from '../../core/index.ts'
import { blanks, classOf, lowerCase, tokenPattern } from './classes.ts'

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * The primitives of DuckDB.
 * @param unlike characters whose `lower` is not the tokeniser's: the two may follow other editions of Unicode. Texts
 * that hold one are translated character by character, which is a hundred times slower.
 */
export function duckdbDialect(unlike: readonly string[]): Dialect {
  const pattern = literal(tokenPattern())
  const strange = literal(classOf(unlike))
  const spaces = literal(blanks())
  const { from, to } = lowerCase()
  const lower = (text: string): string =>
    `CASE WHEN regexp_matches(${text}, ${strange}) THEN translate(${text}, ${literal(from)}, ${literal(to)}) ELSE lower(${text}) END`
  return {
    id: 'duckdb',
    literal,
    tokens: text => `regexp_extract_all(${lower(text)}, ${pattern})`,
    ngrams: (tokens, n) =>
      `list_transform(range(1, len(${tokens}) - ${n - 2}), i -> array_to_string(list_slice(${tokens}, i, i + ${n - 1}), ' '))`,
    distinct: array => `list_distinct(${array})`,
    concat: arrays => arrays.reduce((a, b) => `list_concat(${a}, ${b})`),
    explode: (relation, array, as, keep) =>
      `SELECT ${[...keep, `unnest(${array}) AS ${as}`].join(', ')} FROM ${relation}`,
    countIf: condition => `count(*) FILTER (WHERE ${condition})`,
    sha256: text => `sha256(${text})`,
    label: text => `nullif(trim(${text}, ${spaces}), '')`,
  }
}
