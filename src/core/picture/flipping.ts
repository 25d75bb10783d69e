import { z } from 'zod'
import { isOther, type Row } from '../attack.ts'
import { labelOf } from '../table.ts'
import { isRaster, type Raster } from './raster.ts'

/** Options of attacks that change pictures and give them another label. */
export const flipOptions = {
  target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
  from: z.string().optional().describe('Poison only pictures with this label; any other than the target when absent.'),
}

/** Whether such an attack can use a row: a picture that does not have the label yet, of the class that was asked for. */
export const isFlippable = (row: Row, label: string, from?: string): row is Row & { readonly image: Raster } =>
  isRaster(row.image) && isOther(row, label) && (from === undefined || labelOf(row.label) === from)
