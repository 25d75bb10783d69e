import { Command } from 'commander'

/** What `convert` takes. */
export interface ConvertFlags {
  readonly out?: string
  readonly force?: boolean
}

/** `bezoar convert`: write the tensors of a pickle checkpoint as safetensors, without running the pickle. */
export function convertCommand(exit: (code: number) => void): Command {
  return new Command('convert')
    .summary('write a pickle checkpoint as safetensors; runs nothing')
    .description(
      'Writes the tensors of a checkpoint (PyTorch, NumPy) as safetensors, bit for\nbit, without running its pickle. Refuses a checkpoint that names anything\nbut what rebuilds tensors, and says what. Exit code 1: refused.',
    )
    .argument('<checkpoint>', 'file to convert; it is not touched')
    .option('-o, --out <file>', 'Where to write (default: the name with .safetensors).')
    .option('--force', 'Overwrite the file if it is there.')
    .action(async (path: string, flags: ConvertFlags) => {
      const { converted } = await import('./converted.ts')
      const { text, code } = await converted(path, flags)
      process.stdout.write(text)
      exit(code)
    })
}
