import { checked, constant, placesIn } from '../../c.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const allocates = /(?:^|::|\.|->)\w*(?:[Aa]lloc|ALLOC)\w*$/
const frees = /dealloc|free/i

/** A product in a size, of which nobody has looked at a factor: it may be as large as the input likes. */
function overflows(size: Tree, piece: Piece): boolean {
  const products = size.kind() === 'binary_expression' ? [size] : []
  products.push(...size.findAll({ rule: { kind: 'binary_expression' } }).slice(0, 6))
  return products.some(product => {
    const [left, right] = [product.field('left'), product.field('right')]
    if (!left || !right || product.field('operator')?.text() !== '*') return false
    if (constant(left) && constant(right)) return false
    const sized = shortly(product).replace(/\bsizeof\s*(\([^()]*\)|\w+)/g, '')
    const places = placesIn(sized).filter(place => !/^[A-Z_][A-Z0-9_]*$/.test(place))
    return places.length > 0 && !places.some(place => checked(place, piece, product))
  })
}

export default rule({
  id: 'cpp/allocation-product',
  cwe: ['CWE-680', 'CWE-190', 'CWE-122', 'CWE-131'],
  languages: ['cpp'],
  title: 'The size of a memory block is a product that may overflow',
  needs: ['alloc', 'Alloc', 'ALLOC', 'new '],
  call: {
    name: allocates,
    weak: ({ name, args }, piece) => !frees.test(name) && args.some(size => overflows(size, piece)),
  },
  pattern: { rule: { kind: 'new_declarator' } },
  weak: (node, piece) => {
    const size = node.field('length')
    return size !== null && overflows(size, piece)
  },
  vulnerable: [
    'int *table(int n) {\n  int *t = (int *)malloc(n * sizeof(int));\n  return t;\n}\n',
    'char *image(unsigned w, unsigned h) { return new char[w * h]; }\n',
  ],
  fixed: [
    'int *table(size_t n) {\n  if (n > SIZE_MAX / sizeof(int)) return NULL;\n  return malloc(n * sizeof(int));\n}\n',
    'int *table(size_t n) { return calloc(n, sizeof(int)); }\n',
    'int *table(void) { return malloc(16 * sizeof(int)); }\n',
  ],
})
