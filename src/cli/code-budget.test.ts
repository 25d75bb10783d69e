import { expect, it } from 'vitest'
import { detectors } from '../detectors/index.ts'
import { checkedOptions } from '../scan/index.ts'
import { codeBudget } from './code-budget.ts'

it('bounds every detector that judges code, and changes nothing when absent', () => {
  const given = { 'weak-code': { snippets: 10 }, 'spurious-token': { minRows: 5 } }
  expect(codeBudget(given, undefined)).toBe(given)
  const bounded = codeBudget(given, 20)
  expect(bounded).toEqual({
    'weak-code': { snippets: 10 },
    'spurious-token': { minRows: 5 },
    'response-steering': { slowRows: 20 },
  })
  expect(checkedOptions(detectors, bounded)['response-steering']).toMatchObject({ slowRows: 20 })
  expect(codeBudget({}, 0)).toEqual({ 'weak-code': { snippets: 0 }, 'response-steering': { slowRows: 0 } })
  expect(codeBudget({ 'weak-code': { snippets: 'few' } }, 5)['weak-code']).toEqual({ snippets: 'few' })
})
