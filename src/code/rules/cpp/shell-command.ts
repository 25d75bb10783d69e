import { lastName, named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'

const shell = /"(?:\/(?:usr\/)?bin\/)?(?:ba|z|k|da|c|a)?sh"|"cmd(?:\.exe)?"|"powershell/

export default rule({
  id: 'cpp/shell-command',
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  languages: ['cpp'],
  title: 'Hands text that is not fixed to a command line',
  needs: ['system', 'popen', 'exec', 'WinExec', 'ShellExecute', 'wordexp', 'spawn'],
  call: {
    name: named(
      'system|_wsystem|w?popen|_w?popen|execl[pe]?|execvp?e?|_?w?spawnl[pe]*|WinExec|wordexp|ShellExecute(?:Ex)?[AW]?|CreateProcess[AW]?|QProcess::(?:start|execute)|g_spawn_command_line_a?sync',
    ),
    weak: ({ name, args }, piece) => {
      const called = lastName(name)
      if (/^(?:exec|_?w?spawn)/.test(called))
        return args.some(a => shell.test(shortly(a))) && args.slice(1).some(a => !isConstant(a, piece))
      const line = /^ShellExecute/.test(called) ? args[3] : /^CreateProcess/.test(called) ? args[1] : args[0]
      return line !== undefined && !/^(?:NULL|nullptr|0)$/.test(shortly(line)) && !isConstant(line, piece)
    },
  },
  vulnerable: [
    'void ping(const char *host) {\n  char line[256];\n  snprintf(line, sizeof(line), "ping -c 1 %s", host);\n  system(line);\n}\n',
    'FILE *list(const std::string &dir) { return popen(("ls " + dir).c_str(), "r"); }\n',
    'void run(const char *line) { execl("/bin/sh", "sh", "-c", line, (char *)0); }\n',
  ],
  fixed: [
    'void ping(const char *host) {\n  if (fork() == 0) execlp("ping", "ping", "-c", "1", host, (char *)NULL);\n}\n',
    'void clear(void) { system("clear"); }\n',
  ],
})
