import type { Conversion, ConvertRequest } from './convert.ts'
import type { Examined } from './examine.ts'
import type { JudgeModelRequest, ModelJudgement } from './judge.ts'
import type { OpenedModel } from './open.ts'

// What judges models is loaded when a model is judged: those who scan a table need not wait for seventy formats.

/** Reads a file of a model, member by member, and says everything that its formats say. Runs nothing. */
export const examine = async (...given: Parameters<typeof import('./examine.ts').examine>): Promise<Examined> =>
  (await import('./examine.ts')).examine(...given)

/** Runs detectors over one model, one after another. */
export const judgeModel = async (request: JudgeModelRequest): Promise<ModelJudgement> =>
  (await import('./judge.ts')).judgeModel(request)

/** Examines files and folders as one model. Throws a Fault when there is nothing to judge. */
export const openModel = async (...given: Parameters<typeof import('./open.ts').openModel>): Promise<OpenedModel> =>
  (await import('./open.ts')).openModel(...given)

/** Lets the layouts of folders look at files together. */
export const together = async (...given: Parameters<typeof import('./open.ts').together>) =>
  (await import('./open.ts')).together(...given)

/** Judges a model that is open. */
export const scanModel = async (...given: Parameters<typeof import('./scan.ts').scanModel>) =>
  (await import('./scan.ts')).scanModel(...given)

/** Writes the tensors of a checkpoint as safetensors without running it, or says why not. */
export const convertModel = async (request: ConvertRequest): Promise<Conversion> =>
  (await import('./convert.ts')).convertModel(request)
