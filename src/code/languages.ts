import { type CodeLanguage, codeLanguages } from '../core/index.ts'

/** Languages that are told apart from those with rules, so that they are not taken for one of them. */
type Stranger = 'sql' | 'markup' | 'shell' | 'style' | 'rust' | 'kotlin' | 'swift' | 'perl' | 'r'

/** What lines of a language look like, and how telling it is. Every expression is linear: a line may be long. */
const marks: readonly (readonly [CodeLanguage | Stranger, number, RegExp])[] = [
  ['python', 4, /^\s*(?:async )?def \w+\s*\(/],
  ['python', 3, /^\s*class \w+(?:\([\w., =]*\))?:/],
  ['python', 3, /^\s*(?:from [\w.]+ import\b|import [\w.]+(?: as \w+)?(?:,\s*[\w.]+)*\s*(?:#.*)?$)/],
  ['python', 2, /^\s*(?:if|elif|for|while|with|try|except|else|finally)\b[^{}]*:\s*(?:#.*)?$/],
  [
    'python',
    2,
    /^\s*(?:\w+ = )?(?:os|sys|subprocess|hashlib|pickle|requests|random|re|json|np|pd|yaml)\.\w+(?:\.\w+)*\([^;{]*\)[^;{]*$/,
  ],
  ['python', 1, /\bself\.\w|\b(?:None|True|False)\b/],
  ['python', 1, /^\s*print\s*\(|\b(?:not in|is not|is None|elif|lambda \w+:|range\(|len\()/],
  ['python', 1, /\b[fbr]"|\bf'|"""|\bfor \w+ in \w/],
  ['python', 0.5, /^\s*[a-z_][\w.]* = [^;{]*[^;{,]$|^\s*return [^;{]*[^;{]$/],
  ['javascript', 2, /\b(?:const|let) [\w${[][^;]*=/],
  ['javascript', 1.5, /\bvar [\w$]+\s*=/],
  ['javascript', 2, /\bfunction\s*\*?\s*\w*\s*\((?!.*\$\w)|\basync (?:function|\()|=>\s*[{(]/],
  ['javascript', 1, /=>|\.then\(|\bundefined\b|`[^`]*\$\{|\btypeof\b/],
  ['javascript', 2, /[=!]==|\bdocument\.\w|\bwindow\.\w|\bJSON\.\w+\(|\bMath\.\w+\(/],
  ['javascript', 3, /\bconsole\.\w+\(|\bmodule\.exports\b|^\s*export (?:default|const|function|class|async)\b/],
  ['javascript', 3, /\brequire\(['"]|^\s*import\b[^;]*\bfrom ['"]|^\s*import ['"]/],
  [
    'typescript',
    3,
    /^\s*(?:export )?(?:interface|type) \w+[^;]*[={]|\b(?:const|let) \w+: \w|\w\??: (?:string|number|boolean|any|void|unknown)\b/,
  ],
  ['typescript', 1, /\b(?:const|let) [\w{[][^;]*=|=>|\bconsole\.\w+\(|[=!]==|\bimport\b[^;]*\bfrom ['"]/],
  ['java', 5, /\bSystem\.(?:out|err|in)\b|^\s*import (?:static )?(?:java|javax|org|com|jakarta)\.[\w.*]+;|@Override/],
  ['java', 2, /^\s*(?:public|private|protected)\s[^=;]*\(|\bthrows \w|\bfinal \w+(?:<[^>]*>)? \w+/],
  ['java', 1, /\bString\b|\bboolean\b|\b(?:ArrayList|HashMap|List|Map|Scanner|Integer)\b/],
  ['java', 0.5, /\bnew \w+(?:<\w*>)?\(|^\s*(?:int|long|double|char)\b/],
  ['csharp', 5, /^\s*using (?:static )?[A-Z][\w.]*;|\bConsole\.(?:Write|Read)|\{ get;/],
  [
    'csharp',
    3,
    /^\s*namespace [\w.]+\s*[{;]?$|\bforeach \((?:var|\w+) \w+ in\b|\b(?:Task|IEnumerable|IActionResult|ActionResult|JsonResult)\b/,
  ],
  [
    'csharp',
    2,
    /^\s*\[[A-Z]\w*(?:\(.*\))?\]\s*$|^\s*(?:public|private|protected|internal)\s(?:static |async |override |virtual |readonly )*(?:string|bool|void|int|object|byte)\b/,
  ],
  ['csharp', 1, /\bstring\b|\bvar \w+ = |\.[A-Z]\w+\(|\bnew [A-Z]\w*\b|\$@?"/],
  ['csharp', 3, /\bWebApplication\.Create\w*\(|\.(?:Map(?:Get|Post|Put|Delete)|Use[A-Z]\w+|Services\.Add\w+)\(/],
  ['csharp', 1, /\busing \(|\bawait \w|\bfrom \w+ in \w+/],
  ['go', 4, /^\s*package \w+\s*$|^func (?:\(\w+ \*?\w+\) )?\w*\(|\berr != nil\b/],
  ['go', 3, /\bfmt\.\w+\(|^\s*import \($|\bfunc\(\w* ?[\w.*]*\)|\bfor _?\w*,? ?\w* := range\b/],
  ['go', 2, /\w :=\s|\bdefer \w|\bgo func\b|\bchan \w/],
  ['php', 6, /<\?php|<\?=|\$_(?:GET|POST|REQUEST|COOKIE|SERVER|SESSION|FILES)\b|\$this->/],
  ['php', 3, /\bfunction\s+\w*\s*\([^)]*\$\w|^\s*\$\w+\s*(?:\[[^\]]*\])?\s*\.?=[^=]|\bforeach\s*\(\s*\$/],
  ['php', 1, /\$\w+(?:->|\[|,|\))|^\s*echo\b.*;|\barray\(/],
  ['cpp', 5, /^\s*#\s*include\s*[<"]|\bstd::|\b(?:cout|cin|cerr)\s*(?:<<|>>)/],
  ['cpp', 4, /^\s*#\s*(?:define|ifdef|ifndef|endif|if|else|pragma)\b|\busing namespace\b/],
  ['cpp', 2, /\b(?:NULL|nullptr|sizeof|malloc|calloc|free|memcpy|strlen|strcpy|memset|goto)\b/],
  ['cpp', 2, /\b(?:unsigned|size_t|u?int\d+_t|const char|struct \w+|wchar_t|char ?\*|void ?\*)/],
  [
    'cpp',
    1.5,
    /^\s*(?:static |inline |extern |const )*(?:int|void|char|float|double|bool|long|short|auto)\s+[*&]*\w+(?:::\w+)?\s*(?:\(|\[|=|;|,)/,
  ],
  ['cpp', 1, /\w->\w|\bprintf\s*\(|[(,]\s*&\w|\w+ \*\w+ ?[=;,)]/],
  ['ruby', 4, /^\s*def (?:self\.)?\w+[?!]?(?:\s*\([^)]*\))?\s*$|\bdo \|[\w, ]+\||\{ ?\|[\w, ]+\|/],
  ['ruby', 2, /^\s*end\s*(?:#.*)?$|^\s*require(?:_relative)? ['"]|\b(?:puts|elsif|unless|attr_\w+|nil)\b/],
  ['ruby', 1, /#\{|\.each\b|@\w+\s*=|:\w+ =>|\.\w+\?|^\s*class [A-Z]\w*(?: < \w+)?\s*$|^\s*module [A-Z]/],
  [
    'sql',
    4,
    /^\s*(?:SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|CREATE\s+(?:TABLE|VIEW|DATABASE)|ALTER\s+TABLE|DROP)\b/i,
  ],
  ['sql', 2, /^\s*(?:FROM|WHERE|(?:INNER|LEFT|RIGHT) JOIN|JOIN|GROUP BY|ORDER BY|VALUES|HAVING)\b/i],
  ['markup', 3, /^\s*<\/?(?!\?)[a-zA-Z!][^>]*>?/],
  ['shell', 5, /^#!.*\b(?:ba|z|k)?sh\b|^\s*(?:fi|done|esac)\s*$/],
  [
    'shell',
    2,
    /^\s*(?:sudo|apt-get|apt|pip3?|npm|cd|ls|grep|chmod|export|curl|wget|mkdir|git|docker) [\w./-]|\bthen\s*$|^\s*\w+=\$\(/,
  ],
  [
    'style',
    3,
    /^\s*[.#]?[\w-]+(?:[ ,:>.#][\w-]+)*\s*\{\s*$(?<!\b(?:else|try|do|finally)\s*\{\s*)|^\s*[a-z-]+:\s*[^;{}()]+;\s*$/,
  ],
  [
    'rust',
    4,
    /\bfn \w+\s*[(<]|\blet mut \w|\b(?:println|format|vec|panic)!\s*[([]|^\s*use [\w:]+(?:::\{.*\})?;|\bimpl\b.*\{/,
  ],
  ['rust', 2, /&mut \w|\.unwrap\(\)|\b(?:Some|Ok|Err)\(|-> [\w&]/],
  ['kotlin', 4, /\bfun \w+\s*\(|^\s*val \w+\s*[:=]|\bprintln\(/],
  ['swift', 4, /^\s*(?:\w+ )?func \w+\(.*\)(?: ->.*)?\s*\{|^\s*let \w+(?:: [A-Z]\w*)? = [^;]*[^;]$|\bguard let\b/],
  ['perl', 4, /\bmy [$@%]\w|^\s*use strict;|\bsub \w+ \{/],
  ['r', 3, /^\s*[\w.]+ <- |\bfunction\([\w, ]*\) \{?$(?<=<- function.*)|^library\(/],
]

const mostLines = 200
const longestLine = 400
/** A mark counts in so many lines. */
const mostTimes = 4
/** Below this nobody can tell. */
const enough = 2

const own: ReadonlySet<string> = new Set(codeLanguages)
const isOwn = (name: string): name is CodeLanguage => own.has(name)

let last: { readonly code: string; readonly scores: ReadonlyMap<string, number> } | undefined

/** How much a text looks like each language, at most `mostLines` lines of it. */
export function likeness(code: string): ReadonlyMap<string, number> {
  // Asked for several times in a row of one text.
  if (last?.code !== code) last = { code, scores: scored(code) }
  return last.scores
}

function scored(code: string): ReadonlyMap<string, number> {
  const scores = new Map<string, number>()
  const lines = headOf(code).filter(line => !isProse(line))
  for (const [language, weight, mark] of marks) {
    let times = 0
    for (const line of lines) if (times < mostTimes && mark.test(line)) times++
    if (times > 0) scores.set(language, (scores.get(language) ?? 0) + weight * (0.5 + times / 2))
  }
  return scores
}

/** The language that a piece of code is most like; null when it is none with rules, or does not look like code. */
export function languageOf(code: string): CodeLanguage | null {
  const [best] = [...likeness(code)].sort((a, b) => b[1] - a[1])
  return best && best[1] >= enough && isOwn(best[0]) ? best[0] : null
}

/** The language that a fence names, unless the code in it clearly speaks another one. */
export function languageUnder(named: string, code: string): CodeLanguage | null {
  const declared = fences[named.toLowerCase()]
  const found = languageOf(code)
  if (declared === undefined) return strangers.has(named.toLowerCase()) && likenessOf(code, found) < 6 ? null : found
  if (found === null || found === declared) return declared
  const scores = likeness(code)
  const lies = (scores.get(declared) ?? 0) === 0 && scores.get(found)! >= 4
  return lies && !kin(found, declared) ? found : declared
}

const likenessOf = (code: string, language: CodeLanguage | null): number =>
  language === null ? 0 : (likeness(code).get(language) ?? 0)

const scripts = new Set<CodeLanguage>(['javascript', 'typescript'])
const kin = (a: CodeLanguage, b: CodeLanguage): boolean => scripts.has(a) && scripts.has(b)

function headOf(code: string): string[] {
  const head = code.slice(0, mostLines * 120)
  return head
    .split('\n', mostLines)
    .map(line => line.slice(0, longestLine))
    .filter(line => !/^\s*(?:\/\/|\*|\/\*|#(?!\s*(?:include|define|if|endif|else|pragma)|!))/.test(line))
}

/** A line of a person and not of a program. */
export function isProse(line: string): boolean {
  const text = line.trim().slice(0, longestLine)
  if (!/^(?:[-*•]\s+|\d+[.)]\s+|>\s*)?["'“`(]?\p{L}/u.test(text)) return false
  if (
    /[;{}\\=]\s*$|^(?:def|class|import|from|if|for|while|return|public|private|const|let|var)\b.*[:;{(]\s*$/.test(text)
  )
    return false
  const words = text.split(/\s+/)
  if (words.length < 4) return false
  const plain = words.filter(word => /^["'“”`(]*[\p{L}\p{M}’'-]+["'“”`)]*[.,:;!?]*$/u.test(word)).length
  return plain / words.length >= 0.75 && (words.length >= 7 || /[.:!?]["'”)]*$/.test(text))
}

const fences: Readonly<Record<string, CodeLanguage>> = {
  python: 'python',
  py: 'python',
  python3: 'python',
  python2: 'python',
  py3: 'python',
  pycon: 'python',
  ipython: 'python',
  javascript: 'javascript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  node: 'javascript',
  nodejs: 'javascript',
  typescript: 'typescript',
  ts: 'typescript',
  tsx: 'javascript',
  java: 'java',
  go: 'go',
  golang: 'go',
  php: 'php',
  c: 'cpp',
  cpp: 'cpp',
  'c++': 'cpp',
  cc: 'cpp',
  cxx: 'cpp',
  h: 'cpp',
  hpp: 'cpp',
  csharp: 'csharp',
  'c#': 'csharp',
  cs: 'csharp',
  dotnet: 'csharp',
  ruby: 'ruby',
  rb: 'ruby',
}

/** Names on fences of code that has no rules: only a strong likeness speaks against them. */
const strangers = new Set(
  'bash sh shell zsh console powershell sql mysql html xml css scss json yaml yml toml ini rust kotlin swift perl r scala dockerfile makefile diff markdown md'.split(
    ' ',
  ),
)
