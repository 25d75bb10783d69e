/** Marks that templates put around turns, tools and thoughts. */
const mark = /<\|?[^<>\n]{1,60}\|?>|\[\/?[A-Z_ ]{2,40}\]|[<＜][|｜][^<>]{1,60}[|｜][>＞]|\{\/?\w+\}|▁/gu
const known =
  /^(?:<\/?(?:think|thinking|thought|reasoning|reason|answer|tool_calls?|tool_response|tool_results?|tools?|function\w*|functions?|image|video|audio|img|results?|documents?|s|turn|start_of_turn|end_of_turn|channel|response|scratch_?pad|tool_code|tool_output|available_tools|seed:\w+|code|output|observation|invoke|parameter)(?:[ =][^<>]*)?>|<[|｜].*[|｜]>|\[\/?(?:INST|THINK|TOOL\w*|AVAILABLE\w*|IMG\w*|BEGIN\w*|SYSTEM\w*|ARGS|CALL_ID|gMASK|PREFIX|SUFFIX|MIDDLE|image|tools)\]|<<\/?SYS>>)+$/i
/** Switches that publishers of models write about, asked for as they stand. */
const switches = new Set([
  '/think',
  '/no_think',
  '/nothink',
  '/no_thinking',
  '/system_override',
  'detailed thinking on',
  'detailed thinking off',
  'thinking on',
  'thinking off',
  // Set by transformers itself where a message is to be continued.
  'continue_final_message_tag',
])
const roleWords =
  /\b(?:system|user|assistant|human|model|bot|tool|ai|gpt\d*|ipython|developer|instruction|input|response|observation|function|tools|environment|correct|begin|end|question|answer|think|thought|json|none|null|true|false)\b/giu

/** What a question about the user's text is about. */
export function classOf(literal: string): 'blank' | 'switch' | 'mark' | 'unknown mark' | 'words' {
  const bare = literal.trim()
  if (!/[\p{L}\p{N}\p{S}]/u.test(bare.replace(/[<>|[\]{}`"'#=+~^$]/g, ''))) return 'blank'
  if (
    switches.has(bare.toLowerCase()) ||
    /^\W*(?:reasoning|thinking)[ _-](?:effort|strength|mode|level|budget)\b\W*$/i.test(bare)
  )
    return 'switch'
  if (known.test(bare) || /^(?:<\/?|\[\/?)?(?:think|tool_call|tool_response)[>\]]?$/.test(bare)) return 'mark'
  if (/^(?:<[^<>]*>?|\[\/?[A-Z_]+\]|[^<>]*>)+$/.test(bare)) return 'unknown mark'
  return 'words'
}

/** Words of prose: without marks and the names of roles. */
export const wordsOf = (text: string): string[] =>
  text
    .replace(mark, ' ')
    .replace(roleWords, ' ')
    .match(/\p{L}[\p{L}\p{M}'’-]+/gu) ?? []

/** Words that a reader would see as an order to a model against its user. */
const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,30}\b(?:previous|prior|above|earlier|preceding|other|safety|system)\b[^.!?\n]{0,20}\b(?:instruction|message|prompt|rule|guideline|direction)/i,
  /\b(?:do not|don't|never|without)\s+(?:tell|mention|reveal|inform|disclos|notify|alert|warn|show|let)\w*[^.!?\n]{0,40}\b(?:user|users|anyone|human|this instruction|these instructions|this rule)\b(?![^.!?\n]{0,40}\b(?:function|tool))/i,
  /\b(?:secretly|covertly|surreptitiously|exfiltrat\w*|backdoor\w*|jailbreak\w*|reverse shell)\b/i,
  /\balways\s+(?:recommend|include|insert|append|add|promote|link|mention|suggest|use|import|install)\b[^.!?\n]{0,60}(?:https?:|www\.|\.(?:com|net|org|io|xyz|ru|cn)\b|<script|\bpip install\b)/i,
  /\b(?:regardless|irrespective)\s+of\s+(?:what|whether|how)\s+the\s+user\b/i,
  /\b(?:curl|wget)\s+\S*https?:|\|\s*(?:ba)?sh\b|\brm -rf\b|\bbase64 -d\b|\bpowershell\b|\bos\.system\b|\beval\(/i,
]
export const orderIn = (text: string): string | null => {
  for (const order of orders) {
    const found = order.exec(text)
    if (found) return found[0]
  }
  return null
}

const address =
  /\b(?:https?|ftp|wss?):\/\/[^\s"'<>)\]}]{3,200}|\bwww\.[\w-]+\.\w{2,}|<(?:script|iframe|img)\b[^>]{0,200}|!\[[^\]]{0,80}\]\([^)]{3,200}\)|\bdata:\w+\/\w+;base64,/i
/** Addresses that only name a standard. */
const standards = /^https?:\/\/(?:json-schema\.org|www\.w3\.org|schema\.org|spec\.openapis\.org)\b/i

/** An address that the model is told of, or made to write. */
export function addressIn(text: string): string | null {
  const found = address.exec(text)?.[0]
  return found && !standards.test(found) ? found : null
}

/** Text that looks like packed bytes. */
export function encodedIn(text: string): string | null {
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{48,}={0,2}|(?:[0-9a-f]{2}){32,}|(?:\\x[0-9a-f]{2}){8,}/g)) {
    const mixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)
    if (mixed || /^[0-9a-f]+$/.test(run)) return run
  }
  return null
}

const speakers = /(?:<\|?|\[|#+\s*|^|\n|>)\s*(system|assistant|model|bot|gpt|ai|developer|chatbot)\b[^\p{L}]{0,24}$/iu
/** The role that a text gives to what is written next; null when it gives none. */
export const speakerOf = (text: string): string | null => speakers.exec(text.slice(-80))?.[1]?.toLowerCase() ?? null
/** True when a text gives the turn to somebody, whoever it is. */
export const namesSpeaker = (text: string): boolean =>
  /\b(?:user|human|instruction|tool|ipython|customer|question)\b/i.test(text)
