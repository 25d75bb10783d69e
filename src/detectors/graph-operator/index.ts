import { z } from 'zod'
import {
  type Act,
  type Claim,
  type Found,
  type Language,
  type ModelContext,
  modelDetector,
  type Program,
  programsOf,
} from '../../core/index.ts'
import { judgeCaffe } from './caffe.ts'
import { judgeCoreml } from './coreml.ts'
import { judgeExecutorch } from './executorch.ts'
import { type Group, groupsOf } from './groups.ts'
import { judgeKeras } from './keras.ts'
import { judgeLua } from './lua.ts'
import { judgeMarshal } from './marshal.ts'
import { judgeOnnx } from './onnx.ts'
import { judgeOpenvino } from './openvino.ts'
import { judgePaddle } from './paddle.ts'
import { judgeR } from './r.ts'
import { around, linesLit, nameOf, namesOf, pictureOf, statementOf } from './shown.ts'
import { judgeTensorflow } from './tensorflow.ts'
import { judgeTflite } from './tflite.ts'
import { judgeTorchscript } from './torchscript.ts'
import type { Judge, Verdict } from './verdict.ts'
import { judgeXml } from './xml.ts'

/** Who judges which language. */
const judges: Readonly<Partial<Record<Language, Judge>>> = {
  caffe: judgeCaffe,
  coreml: judgeCoreml,
  executorch: judgeExecutorch,
  keras: judgeKeras,
  lua: judgeLua,
  marshal: judgeMarshal,
  onnx: judgeOnnx,
  openvino: judgeOpenvino,
  paddle: judgePaddle,
  r: judgeR,
  tensorflow: judgeTensorflow,
  tflite: judgeTflite,
  torchscript: judgeTorchscript,
  xml: judgeXml,
}

/** Programs that get pictures, those with something wrong first. */
const mostPictures = 20

const options = z.object({
  allow: z
    .array(z.string())
    .default([])
    .describe('Operators and layers on no list that you know and trust, as `domain::Name`; never what is denied.'),
})

/**
 * A graph names operators, and a runtime runs what stands under those names. Most only compute. Some read and write
 * files, call Python, or talk to other machines; some come from a library that the model brings along. Each name is
 * judged by the exact lists of its language, wherever it stands: in the graph, in a function, in a nested layer.
 */
export default modelDetector({
  id: 'graph-operator',
  title: 'A model whose operators do more than compute',
  threat: 'model-file-malware',
  input: { model: ['programs'], languages: Object.keys(judges) as Language[] },
  cost: 'metadata',
  options,
  messages: {
    denied: '{file}: running it uses {name}{others}. {mechanism}',
    review: '{file}: it uses {name}{others}, at which a person must look. {mechanism}',
    unknown: '{file}: it uses {name}{others}, on no list of what models usually use. {mechanism}',
    noted: '{file}: it uses {name}{others}. {mechanism}',
    incomplete: '{file}: {member} could not be followed to its end: {message}',
  },

  async *detect(context) {
    const allow = new Set(context.options.allow)
    const seen = [...programsOf(context.model)].flatMap(place => {
      const judge = judges[place.found.language]
      return judge ? [{ place, judged: judgedBy(judge, place.found, allow) }] : []
    })
    for (const group of groupsOf(seen)) yield claimed(group, context)
    for (const { place } of seen) if (place.found.incomplete !== undefined) yield unfollowed(place, context)
    const worst = [...seen].sort((a, b) => wrongs(b.judged) - wrongs(a.judged)).slice(0, mostPictures)
    for (const { place, judged } of worst) {
      context.figure(namesOf(place, judged))
      if (wrongs(judged) > 0) context.figure(pictureOf(place, judged))
    }
  },
})

type Context = ModelContext<z.output<typeof options>, string>
type Judged = readonly { readonly act: Act; readonly verdict: Verdict }[]

function judgedBy(judge: Judge, program: Program, allow: ReadonlySet<string>): Judged {
  return program.acts.flatMap(act => {
    const verdict = judge(act)
    if (!verdict) return []
    const isTrusted = verdict.list === 'unknown' && allow.has(nameOf(act))
    const trusted: Verdict = { list: 'allowed', severity: 'info', mechanism: 'You allow it.' }
    return [{ act, verdict: isTrusted ? trusted : verdict }]
  })
}

const wrongs = (judged: Judged): number => judged.filter(({ verdict }) => verdict.severity !== 'info').length

function claimed({ place, first, verdict, names, times }: Group, { claim }: Context): Claim {
  const { list, severity, mechanism, remedy } = verdict
  const lines = linesLit(place.found, new Set([first.offset]))
  const evidence = {
    kind: 'act' as const,
    file: place.file.name,
    member: place.member.path,
    language: place.found.language,
    offset: first.offset,
    name: nameOf(first),
    by: first.by,
    statement: statementOf(lines, first),
    listing: around(lines, first),
    times,
    mechanism,
    ...(remedy === undefined ? {} : { remedy }),
    score: times,
    expected: 0,
  }
  const others = names.size > 1 ? ` and ${names.size - 1} more` : ''
  const message = severity === 'info' ? 'noted' : list === 'allowed' ? 'noted' : list
  return claim(message, severity, evidence, { values: { others } })
}

/** What could not be followed to its end may do anything from there on. */
function unfollowed({ file, member, found }: Found<Program>, { claim }: Context): Claim {
  const evidence = {
    kind: 'place' as const,
    file: file.name,
    member: member.path,
    rule: 'program-incomplete',
    start: found.start,
    end: found.end,
    message: found.incomplete ?? '',
    further: 0,
    score: 1,
    expected: 0,
  }
  return claim('incomplete', 'hold', evidence)
}
