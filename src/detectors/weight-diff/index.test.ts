import { baseFiles, editedVersions, honestVersions, missedVersions } from '../../../test/model-zoo/weights/edits.ts'
import { acceptModel } from '../../kit/index.ts'
import weightDiff from './index.ts'

acceptModel(weightDiff, {
  base: baseFiles,
  honest: honestVersions,
  caught: editedVersions,
  missed: Object.values(missedVersions).map(({ because, ...sample }) => ({ sample, because })),
  matters: { budgetBytes: 1 },
})
