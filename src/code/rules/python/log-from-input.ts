import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/log-from-input',
  cwe: ['CWE-117'],
  languages: ['python'],
  title: 'Writes a request into the log as it is',
  needs: ['log'],
  call: {
    name: /(?:^|[._])log(?:ger|ging)?\.(?:debug|info|warn|warning|error|critical|exception|log)$/i,
    weak: ({ args }, piece) =>
      args
        .slice(0, 4)
        .some(
          arg =>
            flowOf(arg, piece).origin === 'input' &&
            !/%r|repr\(|replace\(|sys\.argv|environ/.test(
              `${args[0]!.text().slice(0, 200)}${arg.text().slice(0, 200)}`,
            ),
        ) &&
      !/\.replace\(['"]\\[rn]/.test(piece.code) &&
      /\brequest\b|get_argument/.test(piece.code),
  },
  vulnerable: [
    "def view():\n    name = request.args.get('name')\n    app.logger.info('User: ' + name)\n",
    "def view():\n    logging.error('bad %s', request.form['x'])\n",
  ],
  fixed: [
    "def view():\n    name = request.args.get('name').replace('\\n', '')\n    app.logger.info('User: ' + name)\n",
    "def view():\n    logger.info('seen')\n",
  ],
})
