import type { Act, Severity } from '../../core/index.ts'
import { dangerOf, isGrave } from './danger.ts'
import { loaders, pipelineLibraries, sentenceModules, targets, yamlValues } from './lists.ts'
import { type Deed, reached, resolved, type Source } from './resolve.ts'

/** Ids of the messages. */
export type Rule =
  | 'own'
  | 'deeds'
  | 'elsewhere'
  | 'path'
  | 'missing'
  | 'danger'
  | 'unlisted'
  | 'trust'
  | 'tag'
  | 'leaves'
  | 'packages'

/** What an act of a configuration means. */
export interface Verdict {
  readonly rule: Rule
  readonly severity: Severity
  readonly why: string
  readonly deed?: Deed
}

type Sources = ReadonlyMap<string, Source>

/** Where code may be named that comes with the model or from elsewhere. */
const bringsCode = new Set([
  'auto_map',
  'custom_pipelines',
  'model_index',
  'modules.json',
  'auto_mapping',
  'loader_module',
  'model_code_path',
])
const builds = new Set(['_target_', 'target', 'class_path', '!new', '!name', '!module', '!apply', '!applyref'])

export const nameOf = ({ module, name }: Act): string =>
  module === '' ? name : name === '' ? module : `${module}.${name}`

/** Judges one act; null when it is what honest configurations do. */
export function judge(act: Act, from: string, sources: Sources, allowed: ReadonlySet<string>): Verdict | null {
  const name = nameOf(act)
  if (act.by === 'source') return null
  if (act.kind === 'set' && act.name === 'trust_remote_code') return held('trust', 'loaders that heed it run any code')
  if (act.kind === 'unresolved') return held('tag', 'no loader of models is known to know it')
  if (act.kind === 'reach') return reach(act)
  const odd = oddName(act)
  if (odd) return odd
  if (allowed.has(name)) return null
  if (bringsCode.has(act.by)) return brings(act, name, from, sources)
  if (builds.has(act.by)) return build(name, from, sources)
  if (act.by.startsWith('!!')) return tagged(act, name)
  const danger = dangerOf(name)
  return danger ? { rule: 'danger', severity: 'block', why: danger } : held('unlisted', 'nobody here knows it')
}

const held = (rule: Rule, why: string): Verdict => ({ rule, severity: 'hold', why })
const blocked = (rule: Rule, why: string): Verdict => ({ rule, severity: 'block', why })

/** Code of another repository, or a path where a name must be. */
function oddName(act: Act): Verdict | null {
  const name = nameOf(act)
  if (act.by.startsWith('!!') && /^[\w.:$-]*$/.test(name)) return null
  if (name.includes('--')) return blocked('elsewhere', 'whoever owns that repository decides what runs')
  if (/:\/\/|^[\\/~]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)/.test(name)) return blocked('path', 'it leads out of the model')
  const isFile = act.by === 'model_code_path' || act.by === 'loader_module'
  return /^[\w.]*$/.test(name) || isFile ? null : blocked('path', 'it is no name of Python')
}

function brings(act: Act, name: string, from: string, sources: Sources): Verdict | null {
  if (isKnown(act, name)) return null
  const own = resolved(act.by === 'model_code_path' ? act.name : act.module, from, sources)
  if (own) return ownCode(own, sources)
  const danger = dangerOf(name)
  if (danger) return blocked('danger', danger)
  const isLoader = act.by === 'loader_module' && act.args.length === 0
  if (isLoader || act.by === 'auto_mapping') return blocked('unlisted', 'no code of that name comes with the model')
  return held('missing', 'the code is not here: it may come from anywhere')
}

function isKnown({ by, module }: Act, name: string): boolean {
  if (by === 'modules.json') return sentenceModules.has(name)
  if (by === 'model_index') return pipelineLibraries.has(module)
  if (by === 'auto_mapping')
    return (
      /^(?:transformers|diffusers|timm|sentence_transformers)(?:\.models)?(?:\.[a-z0-9_]+)*$/.test(module) &&
      !dangerOf(module)
    )
  return by === 'loader_module' && loaders.has(name)
}

/** Code that comes with the model: a person must read it, and it may be plain what it does. */
function ownCode(source: Source, sources: Sources): Verdict {
  for (const each of reached(source, sources))
    for (const act of each.program.acts)
      if (act.kind === 'call' && isGrave(nameOf(act))) {
        const why = `${each.name} calls ${nameOf(act)}`
        return { rule: 'deeds', severity: 'block', why, deed: { source: each, act } }
      }
  return held('own', `it is in ${source.name}`)
}

function build(name: string, from: string, sources: Sources): Verdict | null {
  if (targets.has(name)) return null
  const danger = dangerOf(name)
  if (danger) return blocked('danger', danger)
  const own = resolved(name.slice(0, name.lastIndexOf('.')), from, sources)
  if (own) return ownCode(own, sources)
  const isClass = /^[a-z_][\w]*(?:\.[a-z_]\w*)*\.[A-Z]\w*$/.test(name)
  const known =
    /^(?:nemo|speechbrain|torch|torchvision|torchaudio|torchmetrics|pytorch_lightning|lightning|transformers|diffusers|ldm|sgm|timm|monai|mmengine|mmdet|fairseq2?|espnet2?|omegaconf|einops|xformers|accelerate|peft|megatron|pyannote|asteroid|ultralytics|src)\./.test(
      name,
    )
  return isClass && known
    ? held('unlisted', 'it is on no list of what configurations build')
    : blocked('unlisted', 'it would be called with what the file says, and nobody here knows it')
}

function tagged(act: Act, name: string): Verdict | null {
  if (yamlValues.has(name)) return null
  const danger = dangerOf(name)
  if (danger) return blocked('danger', danger)
  if (act.kind === 'import') return held('unlisted', 'importing a module runs its code')
  return blocked('unlisted', 'a loader that knows the tag calls it')
}

const usualHosts =
  /^(?:.*@ *)?(?:git\+)?https:\/\/(?:[\w-]+\.)?(?:pypi\.org|pythonhosted\.org|download\.pytorch\.org|github\.com|huggingface\.co|pypi\.nvidia\.com|storage\.googleapis\.com\/(?:jax|tensorflow))(?:[/:]|$)/i

function reach({ by, name }: Act): Verdict | null {
  if (by === 'requirement') return requirement(name)
  if (by === '!include') return /:\/\/|^[\\/~]|\.\./.test(name) ? blocked('leaves', 'it leads out of the model') : null
  if (by === 'custom_pipeline')
    return /:\/\/|^[\\/~]|\.\./.test(name)
      ? blocked('path', 'it leads out of the model')
      : held('elsewhere', 'whoever owns that code decides what runs')
  return blocked('leaves', 'it leads out of the folder of the model')
}

function requirement(line: string): Verdict | null {
  const address = line.replace(/^\s*-{1,2}[\w-]+[= ]+/, '')
  if (usualHosts.test(address)) return null
  return /:\/\//.test(line) ? held('packages', 'packages would be taken from there') : null
}
