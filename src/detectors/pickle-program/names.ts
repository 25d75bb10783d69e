/** A module and a name in it, as a program writes them. */
export interface Named {
  readonly module: string
  readonly name: string
}

/** As people read it. Long names are cut: the file chose them. */
export const written = ({ module, name }: Named): string => shortened(module === '' ? name : `${module}.${name}`)

const mostLetters = 160
const shortened = (text: string): string =>
  [...text].length > mostLetters ? `${[...text].slice(0, mostLetters).join('')}…` : text

/** The first part of a module's name: whose code it is. */
export const packageOf = (module: string): string => module.split('.', 1)[0]!

/** Modules that Python 3 takes for others when it reads protocols 0 to 2 (`Lib/_compat_pickle.py`). */
const renamed: Readonly<Record<string, string>> = {
  __builtin__: 'builtins',
  copy_reg: 'copyreg',
  Queue: 'queue',
  SocketServer: 'socketserver',
  ConfigParser: 'configparser',
  repr: 'reprlib',
  tkFileDialog: 'tkinter.filedialog',
  tkSimpleDialog: 'tkinter.simpledialog',
  _abcoll: 'collections.abc',
  UserDict: 'collections',
  UserList: 'collections',
  UserString: 'collections',
  whichdb: 'dbm',
  dumbdbm: 'dbm',
  anydbm: 'dbm',
  gdbm: 'dbm',
  dbhash: 'dbm',
  commands: 'subprocess',
  urlparse: 'urllib.parse',
  robotparser: 'urllib.robotparser',
  urllib2: 'urllib.request',
  HTMLParser: 'html.parser',
  htmlentitydefs: 'html.entities',
  httplib: 'http.client',
  Cookie: 'http.cookies',
  cookielib: 'http.cookiejar',
  BaseHTTPServer: 'http.server',
  SimpleHTTPServer: 'http.server',
  CGIHTTPServer: 'http.server',
  test_support: 'test.support',
  xmlrpclib: 'xmlrpc.client',
  DocXMLRPCServer: 'xmlrpc.server',
  SimpleXMLRPCServer: 'xmlrpc.server',
  thread: '_thread',
  dummy_thread: '_dummy_thread',
  cPickle: 'pickle',
  _elementtree: 'xml.etree.ElementTree',
  StringIO: 'io',
  cStringIO: 'io',
}

/** Names that move to another module, by `module name`. */
const moved: Readonly<Record<string, Named>> = {
  '__builtin__ xrange': { module: 'builtins', name: 'range' },
  '__builtin__ reduce': { module: 'functools', name: 'reduce' },
  '__builtin__ intern': { module: 'sys', name: 'intern' },
  '__builtin__ unichr': { module: 'builtins', name: 'chr' },
  '__builtin__ unicode': { module: 'builtins', name: 'str' },
  '__builtin__ long': { module: 'builtins', name: 'int' },
  '__builtin__ raw_input': { module: 'builtins', name: 'input' },
  'itertools imap': { module: 'builtins', name: 'map' },
  'itertools ifilter': { module: 'builtins', name: 'filter' },
  'itertools izip': { module: 'builtins', name: 'zip' },
  'os getcwdu': { module: 'os', name: 'getcwd' },
  'urllib urlopen': { module: 'urllib.request', name: 'urlopen' },
  'urllib urlretrieve': { module: 'urllib.request', name: 'urlretrieve' },
}

/** The same name as Python 3 looks it up in old protocols, when that is another. */
export function asPython3({ module, name }: Named): Named | null {
  const there = Object.hasOwn(moved, `${module} ${name}`) ? moved[`${module} ${name}`]! : null
  if (there) return there
  return Object.hasOwn(renamed, module) ? { module: renamed[module]!, name } : null
}
