import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

const shortest = 8

export default rule({
  id: 'csharp/weak-password-rules',
  cwe: ['CWE-521'],
  languages: ['csharp'],
  title: 'Passwords may be short or plain',
  needs: ['PasswordValidator', 'Password.Require', 'RequiredLength', 'PasswordOptions'],
  where: piece =>
    settingsOf(piece)
      .filter(({ name, value }) => {
        const part = lastPart(name)
        if (part === 'RequiredLength') return Number(shortly(value)) < shortest
        return (
          /^Require(?:Digit|NonLetterOrDigit|NonAlphanumeric|Uppercase|Lowercase)$/.test(part) &&
          shortly(value) === 'false'
        )
      })
      .map(setting => setting.node),
  vulnerable: [
    'public void Set(Manager m) {\n  m.PasswordValidator = new PasswordValidator { RequiredLength = 4, RequireDigit = true };\n}\n',
  ],
  fixed: [
    'public void Set(Manager m) {\n  m.PasswordValidator = new PasswordValidator { RequiredLength = 12, RequireDigit = true };\n}\n',
  ],
})
