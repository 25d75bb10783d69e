import { expect, it } from 'vitest'
import { otherSamples } from '../../test/model-zoo/graphs/others.ts'
import { examined } from '../kit/index.ts'

it.each(['tensorrt', 'tensorrt-with-metadata', 'rknn', 'ort', 'mnn', 'hailo', 'ascend'])(
  '%s is told, and unread',
  async name => {
    const [[file, data] = ['', new Uint8Array(0)]] = Object.entries(
      otherSamples.find(each => each.name === name)!.files,
    )
    const { format, unread } = (await examined(file, data)).root
    expect(format).toBe(name.replace('-with-metadata', ''))
    expect(unread).toMatchObject([{ start: 0, end: data.length, reason: expect.stringMatching(/^(An?|The) .*\.$/) }])
  },
)
