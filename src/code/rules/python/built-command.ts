import { flowOf } from '../../flow.ts'
import { htmlText, sqlText } from '../../python.ts'
import { rule } from '../../rule.ts'

/** Names of a project's own ways to run a command, here or on another machine. */
const own =
  /(?:^|[._])(?:\w*ssh\w*|\w*_?cli_?\w*|\w*cmd\w*|\w*command\w*|\w*shell\w*|exec_?\w*|execute|_?run|run_\w+|\w+_exec|\w+_run|sudo|local|remote|spawn\w*|system)$/i
const other = /sql|query|quer|cursor|db\.|conn|session|log|print|write|send_message|add_|parser|help|click|assert|test/i
const program = /^\s*(?:sudo\s+)?[a-z][\w./-]*(?:\s+\S|%s|\s*$)/i

export default rule({
  id: 'python/built-command',
  cwe: ['CWE-78', 'CWE-77'],
  languages: ['python'],
  title: 'Hands a command as one text with values in it',
  call: {
    name: own,
    weak({ name, args }, piece) {
      if (other.test(name)) return false
      const { built, text } = flowOf(args[0], piece)
      return built && program.test(text) && /\s/.test(text) && !sqlText.test(text) && !htmlText.test(text)
    },
  },
  vulnerable: [
    "def f(self, host):\n    ssh_cmd = 'lsmap -delim ! %s' % host\n    self._run_ssh(ssh_cmd)\n",
    "def f(client, name):\n    client.exec_command('cat /etc/%s' % name)\n",
  ],
  fixed: [
    "def f(self, host):\n    self._run_ssh(['lsmap', '-delim', '!', host])\n",
    "def f(client):\n    client.exec_command('uptime')\n",
  ],
})
