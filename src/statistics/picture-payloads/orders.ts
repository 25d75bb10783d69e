/** Words that order a model about, or run something: no caption, camera or editor writes them. */
const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|all|your|system|safety)\b[^.!?\n]{0,30}\b(?:instructions?|messages?|prompts?|rules?|guidelines?|directions?|context)\b/iu,
  /\b(?:do not|don't|never)\s+(?:tell|mention|reveal|inform|disclose|notify|alert|warn)\b[^.!?\n]{0,40}\b(?:user|users|anyone|human|operator)\b/iu,
  /\b(?:ignorier|vergiss|missachte)\p{L}*[^.!?\n]{0,40}\b(?:vorherig|bisherig|obig|früher|alle)\p{L}*[^.!?\n]{0,30}\b(?:anweisung|befehl|regel|vorgabe)\p{L}*/iu,
  /\b(?:ignor|oubli|néglig)\p{L}*[^.!?\n]{0,40}(?:instructions?|consignes?|règles?)[^.!?\n]{0,30}(?:précédent|antérieur|ci-dessus)\p{L}*/iu,
  /\b(?:ignor|olvid|omit)\p{L}*[^.!?\n]{0,40}(?:instruc\p{L}*|indicaci\p{L}*|regras?|reglas?|istruzioni)[^.!?\n]{0,30}(?:anterior|previ|precedent)\p{L}*/iu,
  /(?:игнорируй|забудь|не обращай внимания)[^.!?\n]{0,60}(?:инструкци|указани|правил)/iu,
  /(?:忽略|无视|忘记|忘掉|無視)[^。！？\n]{0,20}(?:指令|指示|说明|規則|规则|提示)/u,
  /(?:以前|前|上記|これまで)の[^。\n]{0,12}(?:指示|命令|ルール)[^。\n]{0,12}(?:無視|忘れ)/u,
  /(?:이전|앞의|위의)[^.\n]{0,20}(?:지시|명령|지침)[^.\n]{0,12}(?:무시|잊)/u,
  /(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|ลืม)[^\n]{0,40}(?:คำสั่ง|คำแนะนำ|กฎ)/u,
  /(?:تجاهل|انس)[^\n]{0,40}(?:التعليمات|الأوامر|القواعد)/u,
  /<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id)\|>|\[\/?INST\]|<<\/?SYS>>/,
  /^\s*(?:#+\s*)?(?:system|assistant)\s*(?:prompt|message)?\s*:\s*\S.{20,}/imu,
  /\byou are now\b[^.!?\n]{0,80}\b(?:mode|assistant|model|ai|unrestricted|jailbroken|dan)\b/iu,
  /\b(?:respond|reply|answer|classify|label|output|rate)\b[^.!?\n]{0,30}\b(?:only|always|this (?:image|picture|document))\b[^.!?\n]{0,40}\b(?:as|with)\b/iu,
  /\b(?:exfiltrat\w*|jailbreak\w*|reverse shell|keylogger)\b/iu,
]
const programs: readonly RegExp[] = [
  /<script\b|javascript:\s*\w|<iframe\b|\bonerror\s*=|<\?php\b|<!ENTITY\b/i,
  /\b(?:curl|wget)\s+(?:-\w+\s+)*["']?https?:\/\/\S+|\|\s*(?:ba|z)?sh\b|\brm\s+-rf\b|\bbase64\s+(?:-d|--decode)\b|\bpowershell(?:\.exe)?\s+-/i,
  /\bos\.system\s*\(|\bsubprocess\.(?:run|call|popen)\s*\(|\b__import__\s*\(|\beval\s*\(\s*(?:atob|base64|compile|unescape|\$_)|\bexec\s*\(\s*(?:base64|compile|__import__|marshal)/i,
]

/** The words of an order or a command in a text; null when there are none. */
export function orderIn(text: string): { readonly kind: 'order' | 'command'; readonly words: string } | null {
  for (const order of orders) {
    const found = order.exec(text)
    if (found) return { kind: 'order', words: found[0] }
  }
  for (const program of programs) {
    const found = program.exec(text)
    if (found) return { kind: 'command', words: found[0] }
  }
  return null
}

const mostText = 65_536

/** What a person would read in bytes: UTF-8 where they are that, runs of letters elsewhere, in one or two bytes each. */
export function readable(bytes: Uint8Array): string {
  const cut = bytes.subarray(0, mostText)
  const text = Buffer.from(cut).toString('utf8')
  const odd = text.match(/[\p{Cc}\ufffd]/gu)?.length ?? 0
  if (odd <= text.length / 20) return text
  const eight =
    Buffer.from(cut)
      .toString('utf8')
      .match(/[^\p{Cc}\ufffd]{5,}/gu) ?? []
  const sixteen = [0, 1].flatMap(
    shift =>
      Buffer.from(cut.subarray(shift))
        .toString('utf16le')
        .match(/[\u0020-\u007e\u00a0-\u30ff\u4e00-\u9fff]{8,}/gu) ?? [],
  )
  return [...eight, ...sixteen].join('\n')
}
