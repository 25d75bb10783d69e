import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed, quoted } from '../cursor.ts'

/** Sizes of the structures that the library writes as they lie in memory (XGBoost 0.4 to 3.0). */
const sizes = { learner: 136, trees: 160, linear: 136, tree: 148, node: 20, stat: 16 }
const objectives = /^(binary|reg|multi|rank|count|survival):[\w:]{1,40}$|^rank:\w+$/
const boosters = ['gbtree', 'gblinear', 'dart']
const mostName = 64

/** XGBoost's old binary models: numbers and names alone. */
export default modelFormat({
  id: 'xgboost-binary',
  title: 'XGBoost binary',
  extensions: ['.model', '.bin'],
  sniff(head) {
    const at = startOf(head) + sizes.learner
    if (!(head[at]! <= mostName) || head[at + 7] !== 0) return 0
    const cursor = new Cursor({ size: head.length, read: (start, end) => head.subarray(start, end) })
    try {
      cursor.at = at
      return objectives.test(name(cursor)) && boosters.includes(name(cursor)) ? 3 : 0
    } catch (reason) {
      if (reason instanceof Malformed) return 0
      throw reason
    }
  },
  async read(bytes, examiner) {
    await orMalformed(examiner, 'xgboost-binary-malformed', () => readFile(bytes, examiner))
  },
})

/** Later files have a word before the rest. */
const startOf = (head: Uint8Array) => ([...'binf'].every((letter, k) => head[k] === letter.charCodeAt(0)) ? 4 : 0)

function name(cursor: Cursor): string {
  const { at } = cursor
  const length = cursor.length('the length of a name')
  if (length > mostName) throw new Malformed(`a name is ${length} bytes long`, at)
  return cursor.text(length, 'a name')
}

async function readFile(bytes: Bytes, examiner: Examiner): Promise<void> {
  const start = startOf(bytes.read(0, 4))
  const cursor = new Cursor(bytes, start + 12)
  const [hasAttributes, hasMetrics] = [cursor.i32() !== 0, cursor.i32() !== 0]
  cursor.at = start + sizes.learner
  const objective = name(cursor)
  const booster = name(cursor)
  examiner.fact('objective', objective)
  examiner.fact('booster', booster)
  if (booster === 'gblinear') linear(cursor)
  else trees(cursor, booster)
  if (objective === 'count:poisson' && cursor.left > 0) cursor.skip(cursor.length('a text'), 'a text')
  if (hasAttributes) texts(cursor, 2)
  if (hasMetrics) texts(cursor, 1)
  examiner.claim(0, cursor.at, 'trees')
  if (cursor.left > 0) await tail(cursor, examiner)
}

function linear(cursor: Cursor): void {
  cursor.skip(sizes.linear, 'the settings')
  cursor.skip(4 * cursor.length('the number of weights'), 'the weights')
}

function trees(cursor: Cursor, booster: string): void {
  const { at } = cursor
  const count = cursor.u32()
  if (count > cursor.left / sizes.tree) throw new Malformed(`there should be ${count} trees, more than fit`, at)
  cursor.at = at
  cursor.skip(sizes.trees, 'the settings')
  for (let k = 0; k < count; k++) {
    const start = cursor.at
    cursor.skip(4, 'a tree')
    const nodes = cursor.u32()
    cursor.skip(12, 'a tree')
    const leaves = cursor.u32()
    cursor.at = start
    cursor.skip(sizes.tree + nodes * (sizes.node + sizes.stat), 'a tree')
    if (leaves > 0) cursor.skip(4 * cursor.length('the number of leaves'), 'the leaves')
  }
  cursor.skip(4 * count, 'the classes of the trees')
  if (booster === 'dart' && count > 0) cursor.skip(4 * cursor.length('the number of weights'), 'the weights')
}

/** Pairs or single texts, each with its length. */
function texts(cursor: Cursor, each: 1 | 2): void {
  const { at } = cursor
  const count = cursor.length('the number of texts')
  if (count > cursor.left / 8) throw new Malformed(`there should be ${count} texts, more than fit`, at)
  for (let k = 0; k < count * each; k++) cursor.skip(cursor.length('the length of a text'), 'a text')
}

async function tail(cursor: Cursor, examiner: Examiner): Promise<void> {
  const [start, end] = [cursor.at, cursor.size]
  const text = `${end - start} bytes stand behind the model, beginning with ${quoted(cursor.text(Math.min(8, cursor.left), 'the tail'))}.`
  examiner.note({ rule: 'xgboost-binary-tail', severity: 'hold', text, start, end })
  examiner.claim(start, end, 'tail')
  await examiner.member(`tail@${start}`, sliceOf(cursor.bytes, start, end), { start, end })
}
