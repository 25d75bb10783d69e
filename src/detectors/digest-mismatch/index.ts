import { z } from 'zod'
import { detector, sameLooks } from '../../core/index.ts'
import { digestCompare } from '../../statistics/index.ts'
import { apartFigure, fatesFigure } from './figures.ts'
import { fileClaims } from './files.ts'
import { gapsOf } from './gaps.ts'
import { kindOf } from './kind.ts'
import { listClaims } from './list.ts'

/**
 * What was judged is known by its digest. Files must have it to the bit; what stands on the web is re-encoded and
 * resized all the time, so there only bytes that also look different are accused.
 */
export default detector({
  id: 'digest-mismatch',
  title: 'Bytes that are not those that were recorded',
  threat: 'supply-chain-tamper',
  also: ['web-scale-split-view'],
  input: {
    table: {
      digest: 'string',
      observed: 'string',
      looks: 'string?',
      observedLooks: 'string?',
      item: 'string?',
      url: 'string?',
    },
  },
  cost: 'scan',

  options: z.object({
    picture: z
      .number()
      .int()
      .min(0)
      .max(64)
      .default(sameLooks.picture)
      .describe('Bits of 64 in which a picture may look different and still be the recorded one.'),
    text: z
      .number()
      .int()
      .min(0)
      .max(64)
      .default(sameLooks.text)
      .describe('Bits of 64 in which a text may look different and still be the recorded one.'),
  }),

  messages: {
    altered: 'Not the bytes that were locked: {total} of {all}, the first is {first}.',
    swapped: 'Names were exchanged: {all} have each other’s bytes, the first is {first}.',
    renamed: 'Renamed since they were locked: {all}, the first is {first}.',
    added: 'Not there when the others were locked: {all}, the first is {first}.',
    removed: 'Locked, and gone: {all}, the first is {first}.',
    algorithm: 'No digest can be compared: those recorded and those observed are of {algorithms}.',
    column:
      'None of {compared} rows has the bytes that were recorded: the column is of something else, or of other rows.',
    changed: 'At {total} of {compared} addresses stands something else now: other bytes, and they look different.',
    near: 'At {total} of {compared} addresses the bytes are others but look the same: re-encoded or resized.',
    unseen:
      'At {total} of {compared} addresses the bytes are others, and nobody recorded how they looked: re-encoded or replaced, nobody can tell.',
    damaged: '{total} of {compared} records do not have the digest that their archive gives.',
  },

  async *detect(context) {
    const { table, options } = context
    const { found } = await table.measure({ found: digestCompare.request({ likeness: options }) })
    const kind = kindOf(table)
    for (const gap of gapsOf(found, kind)) context.notJudged(gap)
    if (kind === 'files') yield* fileClaims(context, found)
    else yield* listClaims(context, found, kind)
    if (kind === 'list')
      for (const figure of [fatesFigure(found), apartFigure(found, options)]) if (figure) context.figure(figure)
  },
})
