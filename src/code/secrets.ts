/** Names under which a secret is kept, whatever the style of writing. */
const secret =
  /pass(?:word|wd|phrase|wort)?(?![a-z])|pwd|secret|api_?key|apikey|auth_?key|access_?key|private_?key|encryption_?key|(?:aes|des|hmac|jwt|signing|master|crypto|cipher)_?key|token(?![a-z])|credential|connection_?string|conn_?str/i
/** Names that only speak about one. */
const about =
  /prompt|label|text$|message|msg|title|hint|placeholder|error|field|header|_?name\W*$|path|file|url|uri|regex|pattern|format|env(?:ironment)?\b|column|param|type|length|policy|reset|forgot|confirm|caption|description|tokeni[sz]|separator|delim|help|usage|attribute|property|setting_?key|_id\W*$|prefix|suffix|endpoint|claim|scheme/i

/** True when a name says that its value is a secret. */
export const secretName = (name: string): boolean => {
  const shown = name.slice(-120)
  return secret.test(shown) && !about.test(shown)
}

/** True for a text that is a secret itself: no sentence, no name of a place where one is kept, no empty stand-in. */
export function secretText(value: string): boolean {
  if (value.length < 3 || value.length > 400) return false
  if (
    /^[\s*.x_-]+$/i.test(value) ||
    /[<>{}$%]/.test(value.slice(0, 2)) ||
    /^(null|none|nil|true|false|undefined|todo|string|text)$/i.test(value)
  )
    return false
  // Words with blanks between them are said to people, unless they set something.
  if (/\s/.test(value) && !/[=;]/.test(value)) return false
  return !/^(https?:\/\/[^@]*$|\/|\.\/)|^%|^[A-Z]+(_[A-Z]+)+$|:\s*$|\.(json|ya?ml|txt|xml|ini|cfg|pem|key)$/.test(value)
}

const issued =
  /AKIA[0-9A-Z]{16}|\bgh[pousr]_[A-Za-z0-9]{30}|\bsk_live_[A-Za-z0-9]{16}|\bxox[baprs]-[A-Za-z0-9-]{10}|\bAIza[\w-]{35}|\bya29\.[\w-]{20}|\bglpat-[\w-]{20}|\bSG\.[\w-]{16,64}\.[\w-]{16}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY/

/** True for a text in the form that services give to the keys and tokens they issue. */
export const issuedSecret = (text: string): boolean => issued.test(text)
