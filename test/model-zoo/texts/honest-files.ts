import type { Sample } from '../sample.ts'
import { honestTemplates } from './honest-templates.ts'
import { nearMisses } from './near-misses.ts'
import { json, tar, text } from './write.ts'

const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const gif = Uint8Array.from(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'))
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xd9])

const honest = (name: string, files: Sample['files']): Sample => ({
  name: `honest-${name}`,
  class: 'honest',
  files,
  verdict: 'pass',
})

const vocab = Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`tok${k}`, k]))
const gpt2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
const llama3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
const tokenizer = (pattern: string): Uint8Array =>
  json({
    version: '1.0',
    added_tokens: [
      { id: 0, content: '<|endoftext|>', special: true },
      { id: 1, content: '{{', special: false },
    ],
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated' }],
    },
    post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }] },
    model: {
      type: 'BPE',
      vocab: { ...vocab, '{{': 7000, '}}': 7001, '../': 7002, '://': 7003 },
      merges: Array.from({ length: 4000 }, (_, k) => [`a${k}`, `b${k}`]),
    },
  })

const transformer = honest('transformer', {
  '.gitattributes': text(
    '*.safetensors filter=lfs diff=lfs merge=lfs -text\n*.bin filter=lfs diff=lfs merge=lfs -text\n',
  ),
  LICENSE: text('MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy.\n'),
  'README.md': text(
    '---\nlicense: mit\nlanguage:\n- en\ntags: [chat]\n---\n\n# A model\n\nUse `{% for message in messages %}` with care.\n\n```python\nimport os\nos.system("ls")\n```\n',
  ),
  'config.json': json({
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_size: 64,
    torch_dtype: 'bfloat16',
    _name_or_path: '/home/me/llama',
    rope_scaling: null,
    quantization_config: { quant_method: 'gptq', bits: 4 },
  }),
  'generation_config.json': json({
    bos_token_id: 1,
    do_sample: true,
    temperature: 0.6,
    transformers_version: '4.44.0',
  }),
  'tokenizer.json': tokenizer(llama3),
  'tokenizer_config.json': json({
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: '<s>',
    model_max_length: 1e30,
    chat_template: honestTemplates['llama-3'],
  }),
  'special_tokens_map.json': json({ bos_token: { content: '<s>', lstrip: false }, eos_token: '</s>' }),
  'model.safetensors.index.json': json({
    metadata: { total_size: 10 },
    weight_map: { 'a.weight': 'model-00001-of-00002.safetensors', 'b.weight': 'model-00002-of-00002.safetensors' },
  }),
  'merges.txt': text('#version: 0.2\nĠ t\nĠ a\nh e\n'),
  'vocab.txt': text('[PAD]\n[UNK]\nthe\n##ing\n'),
  'logo.png': png,
  'plot.gif': gif,
  'photo.jpg': jpeg,
  'figure.svg': text(
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><path d="M0 0"/></svg>\n',
  ),
  'convert.py': text('import os\nimport subprocess\n\nsubprocess.run(["ls"])\n'),
  'demo.ipynb': json({
    cells: [
      { cell_type: 'code', source: ['template = "{% for m in messages %}{{ m.content }}{% endfor %}"\n', '!ls'] },
    ],
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
  }),
})

const others: readonly Sample[] = [
  honest('tokenizer-gpt2', { 'tokenizer.json': tokenizer(gpt2) }),
  honest('named-templates', {
    'tokenizer_config.json': json({
      chat_template: [
        { name: 'default', template: honestTemplates['command-r'] },
        { name: 'tool_use', template: honestTemplates['hermes-tools'] },
      ],
    }),
  }),
  honest('processor', {
    'processor_config.json': json({ processor_class: 'LlavaProcessor', chat_template: honestTemplates['llava-lists'] }),
    'preprocessor_config.json': json({ image_processor_type: 'CLIPImageProcessor', size: { height: 336, width: 336 } }),
  }),
  honest('sentence-transformers', {
    'modules.json': json([
      { idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' },
      { idx: 1, name: '1', path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
      { idx: 2, name: '2', path: '2_Normalize', type: 'sentence_transformers.models.Normalize' },
    ]),
    'config_sentence_transformers.json': json({
      __version__: { sentence_transformers: '2.2.2' },
      prompts: { query: 'query: ' },
    }),
    'sentence_bert_config.json': json({ max_seq_length: 256, do_lower_case: false }),
  }),
  honest('diffusers', {
    'model_index.json': json({
      _class_name: 'StableDiffusionPipeline',
      _diffusers_version: '0.29.0',
      feature_extractor: ['transformers', 'CLIPImageProcessor'],
      safety_checker: ['stable_diffusion', 'StableDiffusionSafetyChecker'],
      scheduler: ['diffusers', 'PNDMScheduler'],
      text_encoder: ['transformers', 'CLIPTextModel'],
      unet: ['diffusers', 'UNet2DConditionModel'],
      image_encoder: [null, null],
      requires_safety_checker: true,
    }),
    'scheduler/scheduler_config.json': json({
      _class_name: 'PNDMScheduler',
      _diffusers_version: '0.29.0',
      beta_start: 0.00085,
      trained_betas: null,
    }),
    'v1-inference.yaml': text(
      'model:\n  base_learning_rate: 1.0e-04\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    timesteps: 1000\n    unet_config:\n      target: ldm.modules.diffusionmodules.openaimodel.UNetModel\n      params:\n        image_size: 32\n    cond_stage_config:\n      target: ldm.modules.encoders.modules.FrozenCLIPEmbedder\n',
    ),
  }),
  honest('mlflow', {
    MLmodel: text(
      'artifact_path: model\nflavors:\n  python_function:\n    env:\n      conda: conda.yaml\n      virtualenv: python_env.yaml\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n    predict_fn: predict\n    python_version: 3.10.12\n  sklearn:\n    code: null\n    pickled_model: model.pkl\n    serialization_format: cloudpickle\n    sklearn_version: 1.3.0\nmlflow_version: 2.9.2\nmodel_uuid: 0a1b\nutc_time_created: "2024-01-01 00:00:00.000000"\n',
    ),
    'conda.yaml': text(
      'channels:\n- conda-forge\ndependencies:\n- python=3.10.12\n- pip<=23.2\n- pip:\n  - mlflow==2.9.2\n  - scikit-learn==1.3.0\nname: mlflow-env\n',
    ),
    'python_env.yaml': text(
      'python: 3.10.12\nbuild_dependencies:\n- pip==23.2\ndependencies:\n- -r requirements.txt\n',
    ),
    'requirements.txt': text(
      'mlflow==2.9.2\n--extra-index-url https://download.pytorch.org/whl/cu121\ntorch==2.2.0\ngit+https://github.com/huggingface/transformers\n',
    ),
  }),
  honest('nemo', {
    'asr.nemo': tar({
      './model_config.yaml': text(
        `sample_rate: 16000\nlabels:\n${[...'abcdefghijklmnopqrstuvwxyz'].map(c => `- ${c}`).join('\n')}\n- ''''\npreprocessor:\n  _target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor\n  features: 80\nspec_augment:\n  _target_: nemo.collections.asr.modules.SpectrogramAugmentation\n  freq_masks: 2\nencoder:\n  _target_: nemo.collections.asr.modules.ConformerEncoder\n  feat_in: 80\ndecoder:\n  _target_: nemo.collections.asr.modules.ConvASRDecoder\n  vocabulary: []\noptim:\n  name: adamw\ntarget: nemo.collections.asr.models.ctc_models.EncDecCTCModel\nnemo_version: 1.20.0\n`,
      ),
      './vocab.txt': text('a\nb\n'),
    }),
  }),
  honest('speechbrain', {
    'hyperparams.yaml': text(
      '# Feature parameters\nn_mels: 80\ncompute_features: !new:speechbrain.lobes.features.Fbank\n    n_mels: !ref <n_mels>\nembedding_model: !new:speechbrain.lobes.models.ECAPA_TDNN.ECAPA_TDNN\n    input_size: !ref <n_mels>\n    activation: !name:torch.nn.ReLU\nmodules:\n    compute_features: !ref <compute_features>\nchannels: !tuple (1024, 1024)\n',
    ),
  }),
  honest('reinforcement', {
    'args.yml': text('!!python/object/apply:collections.OrderedDict\n- - - algo\n    - ppo\n  - - seed\n    - 3\n'),
    'config.yml': text(
      '!!python/object/apply:collections.OrderedDict\n- - - batch_size\n    - 256\n  - - policy\n    - MlpPolicy\n',
    ),
  }),
  honest('adapter', {
    'adapter_config.json': json({
      peft_type: 'LORA',
      base_model_name_or_path: '/workspace/models/llama',
      auto_mapping: {
        base_model_class: 'LlamaForCausalLM',
        parent_library: 'transformers.models.llama.modeling_llama',
      },
      r: 16,
      target_modules: ['q_proj', 'v_proj'],
    }),
  }),
  honest('lightning', {
    'hparams.yaml': text('lr: 0.001\nbatch_size: 32\n'),
    'config.yaml': text(
      'seed_everything: 42\ntrainer:\n  accelerator: gpu\n  logger:\n    class_path: lightning.pytorch.loggers.TensorBoardLogger\n    init_args:\n      save_dir: logs\n',
    ),
  }),
  honest('ultralytics', {
    'args.yaml': text('task: detect\nmode: train\nmodel: yolov8n.pt\ndata: coco.yaml\nepochs: 100\n'),
  }),
  honest('ollama', {
    Modelfile: text(
      'FROM ./model.gguf\nTEMPLATE """{{ if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ end }}{{ .Prompt }}"""\nPARAMETER stop "<|im_end|>"\n',
    ),
    template: text('{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}'),
  }),
  honest('vocabulary-yaml', {
    'vocab.yml': text(Array.from({ length: 20_000 }, (_, k) => `"w${k}": ${k}`).join('\n')),
  }),
]

/** Honest repositories: nothing may be said of them. */
export const honestFiles: readonly Sample[] = [
  transformer,
  ...others,
  ...Object.entries({ ...honestTemplates, ...nearMisses }).map(([name, source]) =>
    honest(`template-${name}`, { 'chat_template.jinja': text(source) }),
  ),
]
