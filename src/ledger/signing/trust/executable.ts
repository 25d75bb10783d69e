/** Endings of files that run when somebody loads, imports or opens them: code, libraries, and formats that hold pickles. */
const running = new Set(
  (
    'py pyc pyo pyd pyw pyz pth ipynb so dylib dll exe com scr msi sys sh bash zsh fish csh ksh bat cmd ps1 psm1 vbs ' +
    'js mjs cjs jsx ts tsx wasm node jar class war jnlp rb pl pm php lua r jl tcl awk go rs swift scpt applescript ' +
    'command desktop lnk app apk deb rpm run bin elf o a ko pkl pickle pck pcl dill joblib pt ckpt t7 npy npz mar ' +
    'h5 hdf5 keras model pb nemo skops cloudpickle rds rdata html htm svg hta jinja j2 mk cmake'
  ).split(' '),
)
/** Names without an ending that tools run. */
const runByName = new Set([
  'makefile',
  'dockerfile',
  'rakefile',
  'gemfile',
  'justfile',
  'vagrantfile',
  '.envrc',
  '.pdbrc',
])

/** True when a file of this name runs when used: it must not lie unsigned in a folder that somebody trusts. */
export function isExecutable(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
  if (runByName.has(base) || isHook(name.toLowerCase())) return true
  // Windows drops dots and blanks at the end of a name, and reads `x.py:y` as a part of `x.py`.
  const plain = base.replace(/:.*$/, '').replace(/[. ]+$/, '')
  // Libraries carry versions behind their ending: libx.so.1.2.
  if (/\.so(\.\d+)+$/.test(plain)) return true
  const dot = plain.lastIndexOf('.')
  return dot >= 0 && running.has(plain.slice(dot + 1))
}

/** Git runs what lies in its hooks folder, but for the samples that every repository has. */
const isHook = (name: string): boolean => /(^|\/)\.git\/hooks\/[^/]+$/.test(name) && !name.endsWith('.sample')
