import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/plain-transport',
  cwe: ['CWE-319', 'CWE-523'],
  languages: ['python'],
  title: 'Sends secrets over a line that everybody can read',
  needs: ['FTP', 'elnet', 'SMTP', 'http://', 'IMAP4', 'POP3', 'LDAP', 'ldap'],
  call: {
    name: /^(?:ftplib\.)?FTP$|^(?:telnetlib\.)?Telnet$|^(?:imaplib\.)?IMAP4$|^(?:poplib\.)?POP3$|^(?:smtplib\.)?SMTP$|^requests\.(?:post|get|put)$/,
    weak({ name, args, named }, piece) {
      if (name.endsWith('SMTP')) return /\.login\(/.test(piece.code) && !/starttls|SMTP_SSL/.test(piece.code)
      if (!name.startsWith('requests')) return true
      return (
        /^http:\/\/(?!localhost|127\.)/.test(literal(args[0]) ?? '') &&
        (named.has('auth') || /passw|token|secret/i.test(named.get('data')?.text().slice(0, 300) ?? ''))
      )
    },
  },
  vulnerable: [
    "import ftplib\nftp = ftplib.FTP('host')\n",
    "import smtplib\ns = smtplib.SMTP('host')\ns.login(a, b)\n",
    "requests.post('http://example.com/login', auth=(u, p))\n",
  ],
  fixed: [
    "import ftplib\nftp = ftplib.FTP_TLS('host')\n",
    "import smtplib\ns = smtplib.SMTP('host')\ns.starttls()\ns.login(a, b)\n",
    "requests.get('http://example.com')\n",
  ],
})
