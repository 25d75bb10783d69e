import { isConstant } from '../../flow.ts'
import { isTrue } from '../../python.ts'
import { rule } from '../../rule.ts'

const loaders =
  /^(?:pickle|cPickle|_pickle|cpickle|dill|cloudpickle|marshal|pickle5|jsonpickle|shelve|joblib|sklearn\.externals\.joblib|cp)\.(?:loads?|Unpickler|decode|open)$|^(?:pd|pandas)\.read_pickle$|^(?:Unpickler|jsonpickle\.decode)$|^yaml\.(?:unsafe_load|unsafe_load_all|full_load|full_load_all)$/
const safe = /Safe|BaseLoader|CSafe/

export default rule({
  id: 'python/unsafe-load',
  cwe: ['CWE-502'],
  languages: ['python'],
  title: 'Loads data that can run code',
  needs: ['pickle', 'Pickle', 'yaml', 'marshal', 'dill', 'shelve', 'joblib', 'torch', 'load', 'YAML'],
  call: {
    name: /(?:^|\.)(?:loads?|load_all|Unpickler|decode|open|read_pickle|unsafe_load\w*|full_load\w*|YAML)$/,
    weak({ name, args, named, node }, piece) {
      if (loaders.test(name)) return !(name.startsWith('shelve') && isConstant(args[0], piece))
      if (/^(?:yaml|ruamel\.yaml)\.load(?:_all)?$/.test(name))
        return !safe.test(named.get('Loader')?.text() ?? args[1]?.text() ?? '')
      if (name === 'torch.load') return !isTrue(named.get('weights_only'))
      if (/^(?:np|numpy)\.load$/.test(name)) return isTrue(named.get('allow_pickle'))
      if (name === 'YAML' || name.endsWith('.YAML')) return /typ=['"]unsafe/.test(node.text().slice(0, 80))
      return /^loads?$/.test(name) && /from (?:c?[pP]ickle|dill|marshal|joblib) import/.test(piece.code)
    },
  },
  where: function* (piece) {
    for (const node of piece.all('function_definition'))
      if (node.field('name')?.text() === '__reduce__' && /\b(?:exec|eval|system)\b/.test(node.text().slice(0, 400)))
        yield node
  },
  vulnerable: [
    'import pickle\nrow = pickle.loads(data)\n',
    'import yaml\nc = yaml.load(f)\n',
    'import yaml\nc = yaml.load(f, Loader=yaml.Loader)\n',
    "m = torch.load('a.pt')\n",
  ],
  fixed: [
    'import json\nrow = json.loads(data)\n',
    'import yaml\nc = yaml.safe_load(f)\n',
    'import yaml\nc = yaml.load(f, Loader=yaml.SafeLoader)\n',
    "m = torch.load('a.pt', weights_only=True)\n",
  ],
})
