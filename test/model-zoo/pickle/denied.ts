import type { Sample } from '../sample.ts'
import { called, joined, named, op, pickled } from './assembler.ts'

/** Functions that run what they are given, by class of the deny-list; each is called with one inert text. */
const classes: Readonly<Record<string, string>> = {
  command:
    'os.system posix.system nt.system os.popen os.execvp os.spawnlp subprocess.Popen subprocess.check_output subprocess.call subprocess.getoutput pty.spawn platform.popen commands.getoutput asyncio.create_subprocess_shell asyncio.unix_events._UnixSubprocessTransport._start',
  code: 'builtins.eval builtins.exec builtins.compile __builtin__.eval __builtin__.execfile code.InteractiveInterpreter code.interact codeop.compile_command types.CodeType types.FunctionType marshal.loads',
  runner:
    'timeit.timeit timeit.main runpy.run_module runpy.run_path runpy._run_code pydoc.pipepager pydoc.locate pydoc.tempfilepager bdb.Bdb.run pdb.run pdb.Pdb cProfile.run cProfile.runctx profile.run profile.Profile.run trace.Trace.run doctest.debug_script doctest.run_docstring_examples ensurepip._run_pip ensurepip.bootstrap pip.main pip._internal.main idlelib.autocomplete.AutoComplete.fetch_completions idlelib.calltip.Calltip.fetch_tip idlelib.debugobj.ObjectTreeItem.SetText idlelib.pyshell.ModifiedInterpreter.runcode idlelib.run.Executive.runcode lib2to3.pgen2.grammar.Grammar.loads lib2to3.pgen2.pgen.ParserGenerator.make_label distutils.file_util.write_file distutils.spawn.spawn setuptools.sandbox.run_setup venv.create zipapp.create_archive unittest.main test.support.script_helper.assert_python_ok turtle.write_docstringdict',
  'torch gadget':
    'torch.utils.collect_env.run torch.utils.bottleneck.__main__.run_cprofile torch.utils.bottleneck.__main__.run_autograd_prof torch.jit.unsupported_tensor_ops.execWrapper torch.fx.experimental.symbolic_shapes.ShapeEnv.evaluate_guards_expression torch.fx.graph_module._exec_with_source torch._dynamo.guards.GuardBuilder.get torch._inductor.codecache.compile_file torch.utils._config_module.load_config torch.utils.data.datapipes.utils.decoder.basichandlers torch.serialization.load torch.load torch.hub.load torch.jit.load torch.package.PackageImporter torch.utils.cpp_extension.load_inline torch.distributed.rpc.rpc_sync torch.ops.load_library torch._utils._import_dotted_name torch.utils.model_zoo.load_url',
  'numpy gadget':
    'numpy.f2py.crackfortran.getlincoef numpy.f2py.crackfortran._eval_length numpy.f2py.crackfortran.param_eval numpy.f2py.crackfortran.myeval numpy.f2py.compile numpy.testing._private.utils.runstring numpy.testing.rundocs numpy.distutils.exec_command.exec_command numpy.load numpy.fromfile numpy.memmap numpy.DataSource numpy.lib.npyio.load numpy.lib.utils.safe_eval numpy.ctypeslib.load_library numpy.apply_along_axis scipy.LowLevelCallable',
  loader:
    'pickle.loads _pickle.loads cPickle.loads pickle.Unpickler dill.loads dill._dill._create_function cloudpickle.loads cloudpickle.cloudpickle._make_function cloudpickle.cloudpickle._builtin_type joblib.load joblib.numpy_pickle.load joblib.memory.Memory pandas.read_pickle pandas.io.pickle.read_pickle pandas.eval pandas.core.computation.eval.eval pandas.read_csv shelve.open yaml.load yaml.unsafe_load keras.models.load_model keras.src.saving.serialization_lib.deserialize_keras_object sklearn.externals.joblib.load skops.io.load jsonpickle.decode',
  file: 'builtins.open io.open _io.open io.FileIO _io.FileIO codecs.open shutil.rmtree shutil.copyfile tempfile.mkstemp pathlib.Path.write_text logging.FileHandler logging.config.fileConfig logging.config._resolve logging.handlers.SocketHandler linecache.getline linecache.updatecache fileinput.input zipfile.ZipFile tarfile.open sqlite3.connect gzip.open glob.glob mimetypes.init configparser.RawConfigParser',
  network:
    'socket.socket socket.create_connection ssl.get_server_certificate http.client.HTTPSConnection urllib.request.urlopen urllib.request.urlretrieve urllib2.urlopen requests.get requests.api.get webbrowser.open smtplib.SMTP ftplib.FTP telnetlib.Telnet imaplib.IMAP4_stream xmlrpc.client.ServerProxy aiohttp.ClientSession boto3.client huggingface_hub.hf_hub_download',
  helper:
    'uuid._get_command_stdout uuid._popen imaplib.IMAP4 _osx_support._read_output _osx_support._find_build_tool _aix_support._read_cmd_output _pyrepl.pager.pipe_pager cgitb.lookup _sitebuiltins._Helper site.addsitedir sys.settrace gc.get_objects inspect.getmembers weakref.finalize copy._reconstruct copyreg.add_extension signal.signal threading.Thread multiprocessing.Process concurrent.futures.ThreadPoolExecutor atexit.register sched.scheduler ctypes.CDLL ctypes.windll.LoadLibrary antigravity.geohash this.s',
  resolver:
    'pkgutil.resolve_name importlib.import_module importlib.__import__ builtins.__import__ __builtin__.__import__ imp.load_source imp.load_dynamic zipimport.zipimporter builtins.getattr operator.attrgetter operator.methodcaller operator.itemgetter _operator.attrgetter functools.reduce __builtin__.reduce itertools.starmap builtins.map builtins.filter builtins.setattr builtins.globals builtins.vars dataclasses.make_dataclass collections.namedtuple typing.ForwardRef hydra.utils.instantiate sympy.core.sympify.sympify jinja2.Template numexpr.evaluate',
  scanner:
    'picklescan.scanner.scan_file_path modelscan.modelscan.ModelScan fickling.fickle.Pickled fickling.loader.load modelaudit.core.scan_model_directory_or_file saferpickle.safepickle.load',
}

const inner = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Each function called, the module and the name as the old opcode writes them. */
const calls: Sample[] = Object.entries(classes).flatMap(([kind, list]) =>
  list.split(' ').map(path => ({
    name: `denied-${path}`,
    class: `deny-list gap: ${kind}`,
    files: { 'model.pkl': pickled(called(path, 'true'), 2) },
    verdict: 'block' as const,
    names: inner(path),
  })),
)

const imported =
  'os.system timeit.timeit torch.load operator.attrgetter uuid._popen picklescan.scanner.scan_bytes numpy.f2py.f2py2e.main logging.FileHandler types.CodeType ctypes.CDLL'
/** Naming is enough: whoever uses the object calls it. */
const mentions: Sample[] = imported.split(' ').map(path => ({
  name: `mentioned-${path}`,
  class: 'denied name that is only mentioned',
  files: { 'model.pkl': pickled({ dict: { callback: named(path) } }) },
  verdict: 'block' as const,
  names: inner(path),
}))

/** A package is denied with all that is below it, and modules give out what they import. */
const below = [
  'asyncio.unix_events._UnixSelectorEventLoop',
  'idlelib.pyshell.ModifiedInterpreter',
  'torch.utils.bottleneck.__main__.main',
  'distutils.command.build_ext.build_ext',
  'numpy.f2py.capi_maps.load_f2cmap_file',
  'pip._internal.cli.main.main',
  'torch.serialization.os',
  'linecache.os',
  'sklearn.utils.os',
  'torch.os',
  'pandas.core.frame.sys',
  'numpy.core.os',
  'shutil.os',
  'sklearn.base.__builtins__',
  'torch.nn.modules.linear.__loader__',
  'collections._sys',
  'random._os',
  'mymodule.system',
  'mypkg.tools.eval',
].map(
  (path): Sample => ({
    name: `below-${path}`,
    class: 'sub-module of a denied package, or a module through another',
    files: { 'model.pkl': pickled(called(path, 'true')) },
    verdict: 'block',
    names: inner(path),
  }),
)

/** Module and name split otherwise: the name walks. */
const dotted: Sample[] = [
  ['os', 'path.os.system'],
  ['torch', 'serialization.os.system'],
  ['builtins', 'object.__subclasses__'],
  ['collections', 'OrderedDict.__init__.__globals__'],
  ['numpy', 'core.multiarray._reconstruct'],
  ['sklearn', 'linear_model._base.LinearRegression.predict'],
  ['pathlib', 'Path.unlink'],
  ['torch', 'nn.Module.apply'],
  ['a.b.c', 'd.e'],
  ['datetime', 'sys.modules'],
  ['logging', 'Logger.manager.loggerDict'],
].flatMap(([module, name]): Sample[] =>
  [2, 4].map(protocol => ({
    name: `dotted-${module}-${name}-${protocol}`,
    class: 'dotted name',
    files: {
      'model.pkl': joined(
        op.proto(protocol),
        ...(protocol === 2
          ? [op.global(module!, name!)]
          : [op.shortText(module!), op.shortText(name!), op.stackGlobal]),
        op.text('true'),
        op.tuple1,
        op.reduce,
        op.stop,
      ),
    },
    verdict: 'block' as const,
    names: name!.split('.').at(-1)!,
  })),
)

/** Denied functions in every form. */
export const deniedSamples: readonly Sample[] = [...calls, ...mentions, ...below, ...dotted]
