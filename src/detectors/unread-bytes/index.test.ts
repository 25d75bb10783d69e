import { describe, expect, it } from 'vitest'
import { torchMembers, torchZip } from '../../../test/model-zoo/containers/torch-file.ts'
import { samples } from '../../../test/model-zoo/containers.ts'
import { acceptModel, type ModelSample, modelOf, outcomeOf } from '../../kit/index.ts'
import unreadBytes from './index.ts'
import { looksLike } from './looks-like.ts'

const noise = Uint8Array.from({ length: 4096 }, (_, k) => Math.imul(k + 7, 2654435761) >>> 23)
const bytes = (text: string) => new TextEncoder().encode(text)
const unknown = (name: string, files: Record<string, Uint8Array>, names: string): ModelSample => ({
  name,
  class: 'unread',
  files,
  verdict: 'hold',
  names,
})

acceptModel(unreadBytes, {
  honest: samples.filter(each => each.verdict === 'pass'),
  caught: [
    ...samples.filter(each => each.names === 'could not be read' || each.name.includes('encrypted 7z')),
    unknown('bytes of no format', { 'model.bin': noise }, 'No known format'),
    unknown(
      'a program for the processor',
      { 'model.bin': Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 1, 2, 3) },
      'an ELF program',
    ),
    unknown(
      'several places',
      { 'model.pt': torchZip([...torchMembers(), { name: 'a/x', data: noise }, { name: 'a/y', data: noise }]) },
      '2 places',
    ),
  ],
  missed: [
    {
      sample: samples.find(each => each.name === 'a wrong checksum') as ModelSample,
      because: 'the bytes are read all the same: what is wrong with the archive is said by file-structure',
    },
  ],
  matters: { places: 1 },
})

describe('unread-bytes', () => {
  it('says where the largest range is, and what it looks like', async () => {
    const { findings } = await outcomeOf(
      unreadBytes,
      await modelOf({ 'model.pt': torchZip(undefined, { tail: noise }) }),
    )
    const { length } = torchZip()
    expect(findings.map(each => each.severity)).toEqual(['hold'])
    expect(findings[0]!.text).toContain(`bytes ${length} to ${length + noise.length}`)
    expect(findings[0]!.evidence).toMatchObject({ sniffed: expect.stringMatching(/random/), further: 0 })
  })

  it.each([
    [bytes('#!/bin/sh\ntrue'), 'begins like a script'],
    [bytes('PK\x03\x04'), 'begins like a zip archive'],
    [new Uint8Array(100), 'only bytes of 0x00'],
    [bytes('just some words'), 'text: "just some words"'],
    [noise, 'compressed, encrypted or random data'],
    [Uint8Array.of(1, 2, 3, 4), 'binary data, 2.0 bits a byte'],
  ])('tells what bytes look like: %#', (data, says) => {
    expect(looksLike(data)).toContain(says)
  })
})
