import { Fault } from '../core/index.ts'
import { seen } from './seen.ts'

/** Where a passphrase is looked for before anybody is asked. */
const variable = 'BEZOAR_KEY_PASSPHRASE'
const longest = 1024

/** How to get the passphrase of a key: from the environment, else by asking at the terminal; undefined when neither can be. */
export function passphraseOf(key: string): (() => Promise<string>) | undefined {
  const given = process.env[variable]
  if (given !== undefined) return async () => given
  return process.stdin.isTTY ? () => asked(key) : undefined
}

/** Asks at the terminal; nothing that is typed is shown. */
function asked(key: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(`Passphrase of ${seen(key)}: `)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const finish = (act: () => void) => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      act()
    }
    const take = (chunk: string) => {
      for (const c of chunk) {
        if (c === '\r' || c === '\n' || c === '\u0004') return finish(() => resolve(typed))
        if (c === '\u0003') return finish(() => reject(new Fault('bad-key', 'No passphrase was given.', '')))
        typed = c === '\u007f' || c === '\b' ? Array.from(typed).slice(0, -1).join('') : (typed + c).slice(0, longest)
      }
    }
    stdin.on('data', take)
  })
}
