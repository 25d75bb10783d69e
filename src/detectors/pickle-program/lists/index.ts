import type { DenyFile } from '../denied.ts'
import { indexed, type ListFile, type Names } from './names.ts'

/**
 * Which list speaks for which packages. A list is read when a program names one of its packages.
 */
const files: readonly { readonly packages: readonly string[]; read(): Promise<{ readonly default: unknown }> }[] = [
  {
    packages: [
      'StringIO',
      'UserDict',
      'UserList',
      '__builtin__',
      '_codecs',
      '_collections',
      '_datetime',
      '_decimal',
      '_functools',
      '_io',
      '_operator',
      '_pydatetime',
      '_pydecimal',
      '_regex',
      '_sre',
      'abc',
      'argparse',
      'array',
      'builtins',
      'cStringIO',
      'calendar',
      'collections',
      'copy_reg',
      'copyreg',
      'datetime',
      'dateutil',
      'decimal',
      'enum',
      'exceptions',
      'fractions',
      'functools',
      'io',
      'ipaddress',
      'itertools',
      'logging',
      'math',
      'numbers',
      'operator',
      'ordereddict',
      'pathlib',
      'pendulum',
      'pytz',
      'random',
      're',
      'regex',
      'statistics',
      'string',
      'time',
      'types',
      'typing',
      'unicodedata',
      'uuid',
      'zoneinfo',
    ],
    read: () => import('./stdlib.json', { with: { type: 'json' } }),
  },
  {
    packages: ['_catboost', 'catboost', 'lightgbm', 'ngboost', 'xgboost'],
    read: () => import('./boosting.json', { with: { type: 'json' } }),
  },
  {
    packages: ['diffusers'],
    read: () => import('./diffusers.json', { with: { type: 'json' } }),
  },
  {
    packages: [
      'category_encoders',
      'feature_engine',
      'hdbscan',
      'imblearn',
      'implicit',
      'kmodes',
      'lifelines',
      'lightfm',
      'minisom',
      'mlxtend',
      'pyearth',
      'pygam',
      'pynndescent',
      'pyod',
      'pytorch_tabnet',
      'sklearn_crfsuite',
      'sklearn_extra',
      'sklearn_pandas',
      'skmultilearn',
      'skopt',
      'skorch',
      'sksurv',
      'surprise',
      'tpot',
      'umap',
    ],
    read: () => import('./estimators.json', { with: { type: 'json' } }),
  },
  {
    packages: ['fastai', 'fastai2', 'fastcore'],
    read: () => import('./fastai.json', { with: { type: 'json' } }),
  },
  {
    packages: ['networkx', 'torch_geometric', 'torch_sparse'],
    read: () => import('./graphs.json', { with: { type: 'json' } }),
  },
  {
    packages: ['joblib', 'sklearn'],
    read: () => import('./joblib.json', { with: { type: 'json' } }),
  },
  {
    packages: ['keras', 'keras_preprocessing', 'scikeras', 'tensorflow', 'tf_keras'],
    read: () => import('./keras.json', { with: { type: 'json' } }),
  },
  {
    packages: [
      'lightning',
      'lightning_fabric',
      'lightning_lite',
      'lightning_utilities',
      'pytorch_lightning',
      'torchmetrics',
    ],
    read: () => import('./lightning.json', { with: { type: 'json' } }),
  },
  {
    packages: ['numpy'],
    read: () => import('./numpy.json', { with: { type: 'json' } }),
  },
  {
    packages: ['omegaconf'],
    read: () => import('./omegaconf.json', { with: { type: 'json' } }),
  },
  {
    packages: ['pandas', 'pyarrow'],
    read: () => import('./pandas.json', { with: { type: 'json' } }),
  },
  {
    packages: ['gym', 'gymnasium', 'stable_baselines3'],
    read: () => import('./reinforcement.json', { with: { type: 'json' } }),
  },
  {
    packages: ['sklearn'],
    read: () => import('./scikit-learn.json', { with: { type: 'json' } }),
  },
  {
    packages: ['scipy'],
    read: () => import('./scipy.json', { with: { type: 'json' } }),
  },
  {
    packages: ['sentence_transformers'],
    read: () => import('./sentence-transformers.json', { with: { type: 'json' } }),
  },
  {
    packages: ['preshed', 'spacy'],
    read: () => import('./spacy.json', { with: { type: 'json' } }),
  },
  {
    packages: ['fbprophet', 'hmmlearn', 'patsy', 'pmdarima', 'prophet', 'statsmodels'],
    read: () => import('./statistics.json', { with: { type: 'json' } }),
  },
  {
    packages: ['flair', 'gensim', 'nltk'],
    read: () => import('./text.json', { with: { type: 'json' } }),
  },
  {
    packages: ['timm'],
    read: () => import('./timm.json', { with: { type: 'json' } }),
  },
  {
    packages: ['tokenizers'],
    read: () => import('./tokenizers.json', { with: { type: 'json' } }),
  },
  {
    packages: ['torch'],
    read: () => import('./torch.json', { with: { type: 'json' } }),
  },
  {
    packages: ['torchaudio', 'torchtext'],
    read: () => import('./torchaudio.json', { with: { type: 'json' } }),
  },
  {
    packages: ['torchvision'],
    read: () => import('./torchvision.json', { with: { type: 'json' } }),
  },
  {
    packages: ['accelerate', 'peft', 'transformers', 'trl'],
    read: () => import('./transformers.json', { with: { type: 'json' } }),
  },
  {
    packages: ['models', 'ultralytics', 'utils', 'yolov5'],
    read: () => import('./ultralytics.json', { with: { type: 'json' } }),
  },
  {
    packages: [
      'PIL',
      'TTS',
      'addict',
      'allennlp',
      'attrdict',
      'bidict',
      'box',
      'detectron2',
      'dotmap',
      'easydict',
      'efficientnet_pytorch',
      'fairseq',
      'frozendict',
      'fvcore',
      'ml_collections',
      'mmcv',
      'mmengine',
      'munch',
      'onmt',
      'prettytable',
      'segmentation_models_pytorch',
      'sortedcontainers',
      'whisper',
      'yacs',
    ],
    read: () => import('./vision.json', { with: { type: 'json' } }),
  },
]

const read = new Map<number, Promise<Names>>()

/** The allow-lists for these packages (the first parts of module names), as one look-up. */
export async function listsFor(packages: ReadonlySet<string>): Promise<Names> {
  const wanted = files.flatMap((file, k) => (file.packages.some(name => packages.has(name)) ? [k] : []))
  const found = await Promise.all(wanted.map(load))
  return {
    of(module, name) {
      for (const list of found) {
        const entry = list.of(module, name)
        if (entry) return entry
      }
      return null
    },
    speaksFor(packageName) {
      for (const list of found) {
        const library = list.speaksFor(packageName)
        if (library !== null) return library
      }
      return null
    },
    attributes: (module, name) => found.flatMap(list => list.attributes(module, name)),
  }
}

function load(k: number): Promise<Names> {
  const known = read.get(k) ?? listAt(k).then(indexed)
  read.set(k, known)
  return known
}

const listAt = async (k: number): Promise<ListFile> => (await files[k]!.read()).default as ListFile

/** The deny-list. */
export async function denyFile(): Promise<DenyFile> {
  const file: { readonly default: DenyFile } = await import('./denied.json', { with: { type: 'json' } })
  return file.default
}

/** Every allow-list with its packages. */
export const allLists = (): Promise<{ packages: readonly string[]; list: ListFile }[]> =>
  Promise.all(files.map(async ({ packages }, k) => ({ packages, list: await listAt(k) })))
