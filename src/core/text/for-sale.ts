/** Longer texts are articles: a page that sells a domain says little else. */
const mostCharacters = 4000

/** The name of the domain may stand in the sentence. */
const named = '(?: \\S{3,80})?'

/** What such pages say, in the languages of the largest registries and marketplaces. */
const phrases = [
  `domain(?: name)?${named} (?:is|may be|might be|could be) (?:up |now )?for sale`,
  'domain (?:name )?for sale',
  '(?:buy|purchase|acquire) (?:this|the) domain',
  'make an offer on this domain',
  '(?:is|was) (?:already )?parked (?:free|for free|by|at|with)',
  'this (?:web ?page|domain) is parked',
  `this domain(?: name)?${named} has (?:recently )?(?:expired|been registered)`,
  'the owner of .{1,80} is offering it for sale',
  'sedo ?(?:\\.com )?(?:domain )?parking',
  'interested in this domain',
  'inquire about this domain',
  `domain${named} (?:steht|ist) .{0,40}(?:zum verkauf|zu verkaufen|zu erwerben)`,
  'domain kaufen',
  `domaine${named} (?:est|peut être) .{0,20}(?:à vendre|en vente)`,
  'domaine à vendre',
  'acheter ce (?:nom de )?domaine',
  `dominio${named} (?:está|esta) (?:en|a la) venta`,
  'comprar este dominio',
  `domínio${named} (?:está|esta) à venda`,
  `dominio${named} (?:è|e) in vendita`,
  'acquista questo dominio',
  `(?:domein|domeinnaam)${named} is te koop`,
  `domena${named} .{0,30}na sprzedaż`,
  `doména${named} .{0,30}na prodej`,
  `(?:alan adı|domain)${named} satılık`,
  'satılık (?:alan adı|domain)',
  `домен${named} .{0,30}(?:продается|продаётся|выставлен на продажу)`,
  'купить (?:этот )?домен',
  '(?:域名|網域|网域).{0,20}(?:出售|转让|轉讓)',
  'このドメインは?.{0,20}(?:販売|売りに出|お売り)',
  '도메인.{0,20}(?:판매|매매)',
  'tên miền này đang được bán',
  `domain ini${named} dijual`,
  'هذا النطاق معروض للبيع',
]
const any = new RegExp(phrases.join('|'), 'u')

/** True when a text is that of a page that shows nothing but that its domain is parked or for sale. */
export function isForSale(text: string): boolean {
  if (text.length > mostCharacters) return false
  return any.test(text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' '))
}
