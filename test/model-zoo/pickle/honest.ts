import type { Sample } from '../sample.ts'
import { called, type Made, named, object, pickled, type Thing } from './assembler.ts'

/** What libraries write for the things that models are made of. */
const numpy = (core: 'numpy.core' | 'numpy._core', data: Uint8Array, kind = 'f8'): Made => ({
  call: named(`${core}.multiarray._reconstruct`),
  args: [named('numpy.ndarray'), { tuple: [0] }, Uint8Array.of(0x62)],
  state: { tuple: [1, { tuple: [data.length / 8] }, dtype(kind), false, data] },
})
const dtype = (kind: string): Made => ({
  ...called('numpy.dtype', kind, false, true),
  state: { tuple: [3, '<', null, null, null, -1, -1, 0] },
})
const array = numpy('numpy.core', new Uint8Array(16))
const newArray = numpy('numpy._core', new Uint8Array(16))
const scalar = called('numpy.core.multiarray.scalar', dtype('f8'), new Uint8Array(8))
const dict = (entries: Readonly<Record<string, Thing>>): Thing => ({ dict: entries })
const ordered = (entries: readonly (readonly [Thing, Thing])[]): Made => ({
  ...called('collections.OrderedDict'),
  entries,
})
const version = { _sklearn_version: '1.3.2' }

const storage = (key: string, size: number): Thing => ({
  persistent: { tuple: ['storage', named('torch.FloatStorage'), key, 'cpu', size] },
})
const tensor = (key: string): Made =>
  called(
    'torch._utils._rebuild_tensor_v2',
    storage(key, 4),
    0,
    { tuple: [2, 2] },
    { tuple: [2, 1] },
    false,
    ordered([]),
  )
const parameter = (key: string): Made => called('torch._utils._rebuild_parameter', tensor(key), true, ordered([]))
const layer = (
  path: string,
  parameters: readonly (readonly [string, Thing])[],
  modules: readonly (readonly [string, Thing])[] = [],
): Made =>
  object(
    path,
    dict({
      training: false,
      _parameters: ordered(parameters),
      _buffers: ordered([]),
      _non_persistent_buffers_set: called('builtins.set', []),
      _backward_hooks: ordered([]),
      _modules: ordered(modules),
    }),
  )

const tree = {
  ...called('sklearn.tree._tree.Tree', 4, numpy('numpy.core', new Uint8Array(8), 'i8'), 1),
  state: dict({ max_depth: 3, node_count: 5, nodes: array, values: array }),
}
const forest = object(
  'sklearn.ensemble._forest.RandomForestClassifier',
  dict({
    estimator: object(
      'sklearn.tree._classes.DecisionTreeClassifier',
      dict({ criterion: 'gini', random_state: null, ...version }),
    ),
    estimators_: [
      object('sklearn.tree._classes.DecisionTreeClassifier', dict({ tree_: tree, n_classes_: scalar, ...version })),
    ],
    n_features_in_: 4,
    classes_: array,
    ...version,
  }),
)
const neighbours = object(
  'sklearn.neighbors._classification.KNeighborsClassifier',
  dict({
    metric: 'minkowski',
    _tree: {
      ...called('sklearn.neighbors._kd_tree.newObj', named('sklearn.neighbors._kd_tree.KDTree')),
      state: {
        tuple: [
          array,
          array,
          {
            ...called('sklearn.metrics._dist_metrics.newObj', named('sklearn.metrics._dist_metrics.EuclideanDistance')),
            state: { tuple: [2, array] },
          },
        ],
      },
    },
    ...version,
  }),
)
const pipeline = object(
  'sklearn.pipeline.Pipeline',
  dict({
    steps: [
      {
        tuple: [
          'vect',
          object(
            'sklearn.feature_extraction.text.TfidfVectorizer',
            dict({
              dtype: named('numpy.float64'),
              token_pattern: '(?u)\\b\\w\\w+\\b',
              _tfidf: object(
                'sklearn.feature_extraction.text.TfidfTransformer',
                dict({ _idf_diag: object('scipy.sparse._dia.dia_matrix', dict({ data: array })) }),
              ),
              vocabulary_: dict({ a: 1 }),
            }),
          ),
        ],
      },
      {
        tuple: [
          'select',
          object(
            'sklearn.feature_selection._univariate_selection.SelectKBest',
            dict({ score_func: named('sklearn.feature_selection._univariate_selection.chi2'), k: 10 }),
          ),
        ],
      },
      {
        tuple: [
          'clf',
          object(
            'sklearn.linear_model._logistic.LogisticRegression',
            dict({ coef_: array, penalty: 'l2', ...version }),
          ),
        ],
      },
    ],
    ...version,
  }),
)
const boosted = object(
  'sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier',
  dict({
    _loss: object(
      'sklearn._loss.loss.HalfBinomialLoss',
      dict({
        closs: called('sklearn._loss._loss.CyHalfBinomialLoss'),
        link: object('sklearn._loss.link.LogitLink', dict({})),
        interval_y_true: object('sklearn._loss.link.Interval', undefined, [0, 1, true, true]),
      }),
    ),
    _predictors: [[object('sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor', dict({ nodes: array }))]],
    _bin_mapper: object('sklearn.ensemble._hist_gradient_boosting.binning._BinMapper', dict({ n_bins: 256 })),
    _rng: { ...called('numpy.random._pickle.__generator_ctor', 'PCG64'), state: dict({ bit_generator: 'PCG64' }) },
  }),
)
const frame = object(
  'pandas.core.frame.DataFrame',
  dict({
    _mgr: {
      call: named('pandas.core.internals.managers.BlockManager'),
      args: [
        { tuple: [called('pandas._libs.internals._unpickle_block', array, called('builtins.slice', 0, 1, 1), 2)] },
        [
          called(
            'pandas.core.indexes.base._new_Index',
            named('pandas.core.indexes.base.Index'),
            dict({ data: array, name: null }),
          ),
          called(
            'pandas.core.indexes.base._new_Index',
            named('pandas.core.indexes.range.RangeIndex'),
            dict({ name: null, start: 0, stop: 2, step: 1 }),
          ),
        ],
      ],
    },
    _typ: 'dataframe',
    _metadata: [],
    attrs: dict({}),
    _flags: dict({ allows_duplicate_labels: true }),
  }),
)
const moments = object(
  'pandas.core.series.Series',
  dict({
    _mgr: {
      tuple: [
        called('pandas._libs.tslibs.timestamps._unpickle_timestamp', 1, null, null, 10),
        called('pandas._libs.tslibs.nattype._nat_unpickle', null),
      ],
    },
    when: called('datetime.datetime', new Uint8Array(10)),
    zone: called('pytz._UTC'),
    step: called('datetime.timedelta', 1, 0, 0),
  }),
)
const network = layer(
  'torch.nn.modules.container.Sequential',
  [],
  [
    ['0', layer('torch.nn.modules.conv.Conv2d', [['weight', parameter('0')]])],
    ['1', layer('torch.nn.modules.batchnorm.BatchNorm2d', [['weight', parameter('1')]])],
    ['2', layer('torch.nn.modules.activation.ReLU', [])],
    [
      '3',
      layer(
        'torch.nn.modules.transformer.TransformerEncoderLayer',
        [],
        [['attn', layer('torch.nn.modules.activation.MultiheadAttention', [])]],
      ),
    ],
  ],
)
const fused = layer('ultralytics.nn.modules.conv.Conv', [['w', parameter('0')]])
const yolo = dict({
  epoch: -1,
  date: '2024-01-01T00:00:00',
  version: '8.1.0',
  ema: null,
  optimizer: null,
  model: layer(
    'ultralytics.nn.tasks.DetectionModel',
    [],
    [
      [
        'model',
        layer(
          'torch.nn.modules.container.Sequential',
          [],
          [
            ['0', fused],
            ['1', layer('ultralytics.nn.modules.block.C2f', [])],
            ['2', layer('ultralytics.nn.modules.head.Detect', [])],
          ],
        ),
      ],
    ],
  ),
  train_args: dict({ task: 'detect' }),
  args: { ...called('ultralytics.utils.IterableSimpleNamespace'), state: dict({ task: 'detect' }) },
  forward: called('builtins.getattr', fused, 'forward_fuse'),
})
const yolo5 = dict({
  model: layer(
    'models.yolo.DetectionModel',
    [],
    [
      ['0', layer('models.common.Conv', [])],
      ['1', layer('models.yolo.Detect', [])],
    ],
  ),
  opt: object(
    'argparse.Namespace',
    dict({ weights: 'yolov5s.pt', save_dir: called('pathlib.PosixPath', 'runs', 'train') }),
  ),
})
const training = object(
  'transformers.training_args.TrainingArguments',
  dict({
    output_dir: 'out',
    learning_rate: 5e-5,
    evaluation_strategy: called('transformers.trainer_utils.IntervalStrategy', 'steps'),
    save_strategy: called('builtins.getattr', named('transformers.trainer_utils.IntervalStrategy'), 'STEPS'),
    lr_scheduler_type: called('transformers.trainer_utils.SchedulerType', 'linear'),
    optim: called('transformers.training_args.OptimizerNames', 'adamw_torch'),
    hub_strategy: called('transformers.trainer_utils.HubStrategy', 'every_save'),
    device: called('torch.device', 'cuda', 0),
    distributed_state: object(
      'accelerate.state.PartialState',
      dict({ backend: null, distributed_type: called('accelerate.utils.dataclasses.DistributedType', 'NO') }),
    ),
  }),
)
const lightning = dict({
  epoch: 3,
  'pytorch-lightning_version': '2.1.0',
  state_dict: ordered([['layer.weight', tensor('0')]]),
  callbacks: { dict: [[named('pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint'), dict({ best: 'x' })]] },
  hyper_parameters: object(
    'omegaconf.dictconfig.DictConfig',
    dict({
      _metadata: object(
        'omegaconf.base.ContainerMetadata',
        dict({
          ref_type: called('_operator.getitem', named('typing.Dict'), {
            tuple: [named('builtins.str'), named('typing.Any')],
          }),
          object_type: named('builtins.dict'),
        }),
      ),
      _content: dict({ lr: object('omegaconf.nodes.AnyNode', dict({ _val: 1 })) }),
    }),
  ),
  optimizer_states: [dict({ state: dict({}), param_groups: [dict({ lr: 0.1 })] })],
  loops: null,
  sizes: called('torch.Size', { tuple: [2, 2] }),
  dtype: called('builtins.getattr', named('transformers.trainer_utils.IntervalStrategy'), 'NO'),
})
const timm = layer(
  'timm.models.vision_transformer.VisionTransformer',
  [['cls_token', parameter('0')]],
  [
    ['norm', layer('torch.nn.modules.normalization.LayerNorm', [])],
    [
      'blocks',
      layer(
        'timm.models.vision_transformer.Block',
        [],
        [
          ['mlp', layer('timm.layers.mlp.Mlp', [])],
          ['drop', layer('timm.layers.drop.DropPath', [])],
        ],
      ),
    ],
  ],
)
const partial = {
  ...called('functools.partial', named('torch.nn.modules.normalization.LayerNorm')),
  state: { tuple: [named('torch.nn.modules.normalization.LayerNorm'), { tuple: [] }, dict({ eps: 1e-6 }), null] },
}
const affine = { tuple: [named('torch.per_tensor_affine'), 0.1, 0] }
const quantised = called(
  'torch._utils._rebuild_qtensor',
  ...[storage('0', 4), 0, { tuple: [4] }, { tuple: [1] }, affine, false, ordered([])],
)

const files: Readonly<Record<string, Thing>> = {
  'numpy array': array,
  'numpy 2 array': newArray,
  'numpy numbers': [scalar, called('numpy.dtype', 'O', false, true)],
  'numpy masked array': {
    call: named('numpy.ma.core._mareconstruct'),
    args: [named('numpy.ma.core.MaskedArray'), named('numpy.ndarray'), { tuple: [0] }, 'b'],
    state: { tuple: [1, 2] },
  },
  'random state': { ...called('numpy.random._pickle.__randomstate_ctor', 'MT19937'), state: dict({ key: array }) },
  'sklearn forest': forest,
  'sklearn neighbours': neighbours,
  'sklearn text pipeline': pipeline,
  'sklearn boosting': boosted,
  'sklearn older forest': object(
    'sklearn.ensemble.forest.RandomForestRegressor',
    dict({ estimators_: [object('sklearn.tree.tree.DecisionTreeRegressor', dict({ tree_: tree }))] }),
  ),
  'sklearn sgd': object(
    'sklearn.linear_model._stochastic_gradient.SGDClassifier',
    dict({ loss_function_: called('sklearn.linear_model._sgd_fast.Hinge', 1) }),
  ),
  'sklearn search': object(
    'sklearn.model_selection._search.GridSearchCV',
    dict({
      estimator: object('sklearn.svm._classes.SVC', dict({ kernel: 'rbf' })),
      cv_results_: dict({
        t: {
          call: named('numpy.ma.core._mareconstruct'),
          args: [named('numpy.ma.core.MaskedArray'), named('numpy.ndarray'), { tuple: [0] }, 'b'],
        },
      }),
      scorer_: object(
        'sklearn.metrics._scorer._PredictScorer',
        dict({ _score_func: named('sklearn.metrics._classification.accuracy_score') }),
      ),
    }),
  ),
  'sklearn gaussian process': object(
    'sklearn.gaussian_process._gpr.GaussianProcessRegressor',
    dict({
      kernel_: object(
        'sklearn.gaussian_process.kernels.Sum',
        dict({ k1: object('sklearn.gaussian_process.kernels.RBF', dict({})) }),
      ),
    }),
  ),
  'scipy sparse': object(
    'scipy.sparse._csr.csr_matrix',
    dict({ data: array, indices: array, _shape: { tuple: [2, 2] } }),
  ),
  'pandas frame': frame,
  'pandas series': moments,
  xgboost: object(
    'xgboost.sklearn.XGBClassifier',
    dict({
      _Booster: object('xgboost.core.Booster', dict({ handle: called('builtins.bytearray', new Uint8Array(8)) })),
    }),
  ),
  lightgbm: object(
    'lightgbm.sklearn.LGBMClassifier',
    dict({
      _Booster: object('lightgbm.basic.Booster', dict({ handle: 'tree' })),
      _le: object('sklearn.preprocessing._label.LabelEncoder', dict({})),
    }),
  ),
  catboost: object('catboost.core.CatBoostClassifier', dict({ __model: new Uint8Array(8) })),
  'torch state': ordered([
    ['a.weight', tensor('0')],
    ['a.bias', tensor('1')],
  ]),
  'torch network': network,
  'torch quantised': ordered([['q', quantised]]),
  'torch partial': partial,
  yolo,
  yolo5,
  timm,
  'training arguments': training,
  lightning,
  'torch optimizer': dict({
    optimizer: object(
      'torch.optim.adam.Adam',
      dict({ defaults: dict({ lr: 0.1 }), state: called('collections.defaultdict', named('builtins.dict')) }),
    ),
    scheduler: object('torch.optim.lr_scheduler.StepLR', dict({ step_size: 1 })),
  }),
  'tokenizer of Keras': object(
    'keras.preprocessing.text.Tokenizer',
    dict({ word_counts: ordered([['a', 1]]), word_docs: called('collections.defaultdict', named('builtins.int')) }),
  ),
  gensim: object(
    'gensim.models.word2vec.Word2Vec',
    dict({ wv: object('gensim.models.keyedvectors.KeyedVectors', dict({ vectors: array })) }),
  ),
  nltk: object(
    'nltk.tokenize.punkt.PunktSentenceTokenizer',
    dict({
      _params: object('nltk.tokenize.punkt.PunktParameters', dict({})),
      _lang_vars: object(
        'nltk.tokenize.punkt.PunktLanguageVars',
        dict({ _re_period_context: called('re._compile', '\\w', 32) }),
      ),
    }),
  ),
  statsmodels: object(
    'statsmodels.regression.linear_model.RegressionResultsWrapper',
    dict({ _results: object('statsmodels.regression.linear_model.OLSResults', dict({ params: array })) }),
  ),
  'standard library': [
    called('datetime.date', new Uint8Array(4)),
    called('decimal.Decimal', '1.5'),
    called('fractions.Fraction', '1/3'),
    object('uuid.UUID', dict({ int: 5 })),
    called('collections.Counter', dict({ a: 1 })),
    called('collections.deque', [1, 2], 5),
    called('builtins.set', [1]),
    called('builtins.complex', 1, 2),
    called('builtins.range', 0, 5, 1),
    called('types.SimpleNamespace'),
    called('builtins.type', null),
    called('pathlib.PosixPath', '/', 'data'),
    called('logging.getLogger', 'model'),
  ],
  'imbalanced pipeline': object(
    'imblearn.pipeline.Pipeline',
    dict({ steps: [{ tuple: ['smote', object('imblearn.over_sampling._smote.base.SMOTE', dict({}))] }] }),
  ),
  torchscript: object(
    '__torch__.torchvision.models.resnet.___torch_mangle_3.ResNet',
    dict({
      training: false,
      sizes: called('torch.jit._pickle.build_intlist', [1, 2]),
      table: called('torch.jit._pickle.restore_type_tag', dict({ a: 1 }), 'Dict[str, int]'),
      weight: tensor('0'),
    }),
  ),
  'plain values': dict({ a: 1, b: 'text', c: [1.5, null, true], d: new Uint8Array(40) }),
}

/** What people publish, which must pass. */
export const honestSamples: readonly Sample[] = Object.entries(files).flatMap(([name, thing]) =>
  ([2, 4] as const).map(protocol => ({
    name: `honest ${name}, protocol ${protocol}`,
    class: 'honest',
    files: { 'model.pkl': pickled(thing, protocol) },
    verdict: 'pass' as const,
  })),
)
