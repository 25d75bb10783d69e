import { join, number } from '../arrays/bytes.ts'
import { torchScript } from '../containers/torch-file.ts'
import type { Sample } from '../sample.ts'

/** A code object of a function without arguments; what follows its counts is no code. */
const code = join(
  [0xe3],
  number(0, 4),
  number(0, 4),
  number(0, 4),
  number(2, 4),
  number(64, 4),
  's',
  number(4, 4),
  'true',
)
const sample = (name: string, data: Uint8Array, verdict: 'hold' | 'block' = 'hold'): Sample => ({
  name: `code-${name}`,
  class: 'marshal',
  files: { 'm.bin': data },
  verdict,
  names: 'marshal',
})

const script = (name: string, line: string, verdict: Sample['verdict'], names?: string): Sample => ({
  name: `torchscript-${name}`,
  class: verdict === 'pass' ? 'honest' : 'torchscript',
  files: {
    'm.pt': torchScript(
      `class Net(Module):\n  def forward(self: __torch__.Net, x: Tensor) -> Tensor:\n    ${line}\n    return x\n`,
    ),
  },
  verdict,
  ...(names === undefined ? {} : { names }),
})

/** Compiled Python, by itself and in its own files. */
export const codeSamples: readonly Sample[] = [
  sample('marshalled', join(code, new Uint8Array(32)), 'block'),
  sample('compiled', join([0xa7, 0x0d, 0x0d, 0x0a], new Uint8Array(12), code)),
  sample(
    'compiled-python-2',
    join([0x03, 0xf3, 0x0d, 0x0a], number(1, 4), [0x63], number(0, 4), number(0, 4), number(1, 4), number(64, 4), 's'),
  ),
  script('honest', '_0 = torch.add(x, getattr(self.layers, "0"), alpha=1)', 'pass'),
  script('other-machine', '_0 = rpc_sync("worker", __torch__.f, (x,), None)', 'block', 'rpc_sync'),
  script('distributed', '_0 = torch.distributed.rpc.rpc_sync("worker", "f")', 'block', 'distributed.rpc'),
  script('remote-module', '_0 = RemoteModule("worker/cpu", x)', 'block', 'RemoteModule'),
  script('type-remark', 'pass  # type: (__import__("os").system("true")) -> int', 'block', '__import__'),
  script('type-remark-eval', 'pass  # type: (eval("1")) -> int', 'block', 'eval'),
  script('python', '_0 = exec("true")', 'block', 'exec'),
  script('hub', '_0 = torch.hub.load("a/b", "c")', 'block', 'hub.load'),
]
