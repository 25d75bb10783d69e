import { describe, expect, it } from 'vitest'
import { torchMembers, torchZip } from '../../../test/model-zoo/containers/torch-file.ts'
import { samples } from '../../../test/model-zoo/containers.ts'
import { acceptModel, type ModelSample, modelOf, outcomeOf } from '../../kit/index.ts'
import fileStructure from './index.ts'

/** What other detectors find: programs, and bytes that nobody read. */
const elsewhere =
  /os\.system|could not be read|writes a file|maps a file|custom operator|imports nothing|encrypted$|sparse|not read here/
/** They expand to hundreds of megabytes. */
const large = /without end|many entries|archives/
const own = samples.filter(
  each => each.verdict !== 'pass' && !elsewhere.test(each.names ?? '') && !large.test(each.name),
)

acceptModel(fileStructure, {
  honest: samples.filter(each => each.verdict === 'pass'),
  caught: own,
  missed: [
    {
      sample: samples.find(each => each.name === 'a wicked archive') as ModelSample,
      because: 'the structure of the archive is as it should be: what its pickle does is judged by pickle-program',
    },
  ],
  matters: {},
})

describe('file-structure', () => {
  it('counts places of one rule in one file, and shows the gravest', async () => {
    const [first, second, ...rest] = torchMembers()
    const twice = [{ ...first!, crc: 1 }, { ...second!, crc: 2 }, ...rest]
    const { findings } = await outcomeOf(fileStructure, await modelOf({ 'a.pt': torchZip(twice), 'b.pt': torchZip() }))
    expect(findings.map(each => each.evidence)).toMatchObject([
      { kind: 'place', file: 'a.pt', rule: 'zip-bad-crc', further: 1, hex: expect.stringMatching(/^8002/) },
    ])
  })
})
