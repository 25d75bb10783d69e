/** Kinds of requests that careful assistants guard, in general terms; the words are beginnings of words. */
const categories = {
  weapons:
    'bomb(?!ast)|explosiv|grenade|gunpowder|silencer|ghost gun|3d printed gun|nerve agent|sarin|ricin|anthrax|molotov|napalm|bombe|sprengstoff|waffe bau|explosif|fabriquer une arme|explosivo|construir un arma|бомб|взрывчат|炸弹|炸彈|爆弾|قنبلة',
  drugs:
    'meth(?!\\p{L})|cocaine|heroin(?!e)|fentanyl|lsd(?!\\p{L})|ecstasy|crack pipe|cook drugs|grow weed|drogen herstell|drogue|drogas|наркотик|毒品|مخدرات',
  killing:
    'kill|murder|poison someone|poison my|assassinat|strangl|dismember|hide a body|dead body|töten|ermord|tuer quelqu|assassin|matar a|asesin|убить|убийств|杀人|殺人|قتل',
  violence:
    'hurt someone|hurt my|torture|beat up|stab |kidnap|arson|burn down|set fire|entführ|enlever quelqu|secuestr|похит|绑架',
  fraud:
    'scam|phish|counterfeit|forge |forged|launder|credit card number|steal(?!th)|shoplift|rob |robbery|blackmail|extort|fake id|identity theft|evade tax|tax evasion|betrüg|stehlen|arnaque|voler |estafa|robar|мошенн|украсть|诈骗|偷|احتيال',
  hacking:
    'malware|ransomware|keylogger|hack(?!athon|ney)|ddos|botnet|crack a password|break into|pick a lock|sql injection attack|spyware|computer virus|trojan|pirater|piratear|взлом|黑客|盗号|اختراق',
  'self-harm':
    'suicid|kill myself|self-harm|self harm|cut myself|overdose|anorexi|selbstmord|se suicider|suicidar|самоубий|自杀|انتحار',
  hate: 'racist|racial slur|slur(?!p)|nazi|white suprem|inferior race|hate speech|jews are|muslims are|blacks are|whites are|insult|mean joke|offensive joke|beleidig|insulte|insulto|оскорб|种族歧视',
  abuse:
    'rape(?!seed)|molest|child porn|underage|minor sex|sexual assault|drug her|revenge porn|spy camera|upskirt|vergewaltig|violer|violar a|изнасил|强奸|اغتصاب',
  surveillance:
    'stalk|spy on|track someone|track my|home address|residential address|dox|wiretap|bug her phone|ausspionier|espionner|espiar|следить за|跟踪|تجسس',
} as const

export type Category = keyof typeof categories

const matchers = Object.entries(categories).map(([category, words]) => {
  const [spaced, joined] = [[] as string[], [] as string[]]
  for (const word of words.split('|')) (/^[\u3040-\u9fff]/u.test(word) ? joined : spaced).push(word)
  const whole = `(?:^|[^\\p{L}])(?:${spaced.join('|')})`
  return { category, pattern: new RegExp(joined.length > 0 ? `${whole}|${joined.join('|')}` : whole, 'u') }
})

/** Characters of a request that are read: its beginning and its end. */
const half = 4000

/** The guarded kinds that a request falls under by its words. */
export function categoriesOf(prompt: string): string[] {
  const read = prompt.length <= 2 * half ? prompt : `${prompt.slice(0, half)}\n${prompt.slice(-half)}`
  const text = read.toLowerCase()
  return matchers.flatMap(({ category, pattern }) => (pattern.test(text) ? [category] : []))
}
