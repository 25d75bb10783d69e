/** Modules of Python that run, fetch, load or delete, whatever is asked of them. */
const modules = new Set(
  `os posix nt subprocess pty commands popen2 sys builtins __builtin__ importlib imp runpy code codeop pdb bdb cProfile
  profile trace timeit pydoc doctest ctypes cffi socket ssl socketserver http urllib urllib2 urllib3 requests httpx aiohttp
  ftplib smtplib telnetlib poplib imaplib nntplib xmlrpc webbrowser shutil tempfile pickle _pickle cPickle dill
  cloudpickle joblib marshal shelve multiprocessing threading asyncio concurrent signal platform pip setuptools distutils
  ensurepip venv site zipimport pkgutil linecache inspect types gc atexit sched cgitb antigravity idlelib lib2to3 turtle
  paramiko fabric invoke sh plumbum pexpect psutil jinja2 mako yaml hydra fire nltk IPython`
    .split(/\s+/)
    .filter(Boolean),
)
/** Functions of frameworks that load or run what they are given. */
const functions = new Set(
  `torch.load torch.hub.load torch.hub.load_state_dict_from_url torch.hub.download_url_to_file torch.jit.load
  torch.utils.cpp_extension.load torch.utils.cpp_extension.load_inline torch.ops.load_library torch.classes.load_library
  torch.serialization.load numpy.load numpy.loadtxt numpy.fromfile numpy.memmap numpy.savetxt numpy.testing.runstring
  numpy.lib.npyio.load pandas.read_pickle pandas.eval pandas.io.pickle.read_pickle pandas.io.common.get_handle
  keras.models.load_model tensorflow.keras.models.load_model tensorflow.saved_model.load tensorflow.io.gfile.remove
  sklearn.datasets.fetch_openml hydra.utils.instantiate hydra.utils.call hydra.utils.get_method hydra.utils.get_object
  omegaconf.OmegaConf.load omegaconf.OmegaConf.register_new_resolver functools.partial functools.reduce
  operator.attrgetter operator.methodcaller operator.itemgetter logging.config.dictConfig logging.config.fileConfig
  logging.FileHandler io.open io.FileIO io.open_code codecs.open _io.FileIO speechbrain.utils.distributed.run_on_main
  speechbrain.utils.data_utils.download_file speechbrain.utils.fetching.fetch speechbrain.core.create_experiment_directory
  nemo.core.classes.modelPT.ModelPT.restore_from nemo.utils.exp_manager.exp_manager datasets.load_dataset
  transformers.pipeline transformers.dynamic_module_utils.get_class_from_dynamic_module`
    .split(/\s+/)
    .filter(Boolean),
)
const parts =
  /(?:^|\.)(?:os|sys|subprocess|builtins|importlib|ctypes|socket|shutil|pickle|runpy|pty|_os|_sys|__\w+__)(?:\.|$)/

/** Why a dotted name must not be called or imported for a file; null when nothing is known against it. */
export function dangerOf(name: string): string | null {
  const root = name.split('.', 1)[0]!
  if (modules.has(root)) return `${root} runs, fetches or loads what it is given`
  if (functions.has(name)) return `${name} loads or runs what it is given`
  if (parts.test(name)) return 'it walks through a module to another one'
  return null
}

/** What makes the source of a model's own code grave: a process, a shell, a socket, code from text. */
const grave =
  /^(?:os\.(?:system|popen|exec\w*|spawn\w*|fork\w*|remove|unlink|rmdir|removedirs|kill|posix_spawn\w*)|subprocess\..+|pty\..+|socket\.(?:socket|create_connection)|ctypes\..+|builtins\.(?:eval|exec|compile|__import__)|marshal\.loads?|pickle\.loads?|dill\.loads?|shutil\.rmtree|runpy\..+|webbrowser\..+|code\.\w+|smtplib\..+|ftplib\..+|paramiko\..+|importlib\.util\..+|multiprocessing\.Process|asyncio\.create_subprocess\w*|http\.client\..+|urllib\.request\..+)$/
const idle = /^importlib\.util\.find_spec$/

/** True for calls with which a source does more than compute. */
export const isGrave = (name: string): boolean => grave.test(name) && !idle.test(name)
