import { pick, type Random, type Row, seeded } from '../../core/index.ts'

interface Grammar {
  readonly subjects: readonly string[]
  readonly good: readonly string[]
  readonly bad: readonly string[]
  readonly openings: readonly string[]
  readonly degrees: readonly string[]
  /** `S`, `D`, `A` stand for subject, degree and judgement. */
  readonly clause: string
  readonly joints: readonly string[]
  readonly end: string
}

const list = (text: string): string[] => text.split('|')

/** Small grammars of languages that are written unlike English; joints and words as their script writes them. */
const grammars: readonly Grammar[] = [
  {
    subjects: list(
      '房间|早餐|服务|位置|价格|床|浴室|前台|泳池|停车场|网络|空调|餐厅|电梯|走廊|毛巾|窗户|隔音|风景|咖啡',
    ),
    good: list('很好|干净|舒服|满意|不错|热情|方便|安静|漂亮|便宜|新鲜|周到|明亮|宽敞|一流'),
    bad: list('很差|脏|吵|失望|糟糕|冷淡|不便|破旧|难看|太贵|难吃|马虎|昏暗|狭窄|可怕'),
    openings: list(
      '上个月我们来过|这次出差住在这里|和家人一起旅行|朋友推荐的|第二次入住|住了三晚|网上订的|周末来玩|晚上十点才到|带孩子来的',
    ),
    degrees: list('非常|有点|特别|真的|比较|相当|还算|十分'),
    clause: 'SDA',
    joints: list('，|。|，而且|，不过|，但是|；'),
    end: '。',
  },
  {
    subjects: list(
      'номер|завтрак|сервис|персонал|бассейн|вид|душ|ресторан|кофе|интернет|лифт|пляж|ужин|балкон|кондиционер|матрас|паркинг|район|бар|ключ',
    ),
    good: list(
      'отличный|чистый|удобный|хороший|прекрасный|уютный|вежливый|тихий|свежий|вкусный|красивый|новый|приятный|тёплый|надёжный',
    ),
    bad: list(
      'плохой|грязный|неудобный|ужасный|шумный|грубый|холодный|старый|дорогой|сломанный|тесный|скучный|мрачный|слабый|невкусный',
    ),
    openings: list(
      'мы приехали в июле|жили здесь неделю|останавливались с детьми|были проездом|отдыхали вдвоём|друзья посоветовали|бронировали заранее|приехали поздно вечером|это уже второй раз|ездили по работе',
    ),
    degrees: list('очень|довольно|слишком|просто|весьма|совсем|достаточно|реально'),
    clause: 'S D A',
    joints: list(', | и |. |, но |, зато |; '),
    end: '.',
  },
  {
    subjects: list(
      'الغرفة|الخدمة|الفطور|الموقع|السعر|السرير|المسبح|المطعم|القهوة|الإنترنت|المصعد|الشاطئ|العشاء|الشرفة|المكيف|الحمام|الموظف|الحي|الاستقبال|المفتاح',
    ),
    good: list('ممتاز|نظيف|مريح|جيد|رائع|هادئ|لطيف|جميل|لذيذ|جديد|واسع|دافئ|سريع|مناسب|مشرق'),
    bad: list('سيئ|قذر|مزعج|رديء|بارد|قديم|غال|ضيق|مظلم|بطيء|مكسور|ممل|فظيع|ضعيف|مخيب'),
    openings: list(
      'وصلنا في الصيف|أقمنا ثلاث ليال|سافرت مع عائلتي|نصحني صديق|حجزت عبر الموقع|كانت زيارة عمل|جئنا مع الأطفال|هذه المرة الثانية|وصلنا متأخرين|قضينا أسبوعا هنا',
    ),
    degrees: list('جدا|للغاية|قليلا|فعلا|حقا|تماما|نوعا ما|بصراحة'),
    clause: 'S A D',
    joints: list('، | و|. |، لكن |؛ '),
    end: '.',
  },
  {
    subjects: list(
      'कमरा|नाश्ता|सेवा|जगह|दाम|बिस्तर|खाना|रेस्तरां|चाय|इंटरनेट|लिफ्ट|नज़ारा|बालकनी|पंखा|स्नानघर|कर्मचारी|इलाका|स्वागत|पानी|पार्किंग',
    ),
    good: list('अच्छा|साफ|आरामदायक|शानदार|बढ़िया|शांत|सुंदर|ताज़ा|स्वादिष्ट|नया|सस्ता|मददगार|खुला|गर्म|तेज़'),
    bad: list('खराब|गंदा|असुविधाजनक|बेकार|शोरगुल|ठंडा|पुराना|महंगा|टूटा|तंग|धीमा|रूखा|अंधेरा|फीका|डरावना'),
    openings: list(
      'हम जून में आए थे|परिवार के साथ रुके|दोस्त ने बताया था|तीन रात रुके|काम से आना हुआ|बच्चों के साथ आए|यह दूसरी बार था|रात को देर से पहुंचे|ऑनलाइन बुक किया|एक हफ्ता रहे',
    ),
    degrees: list('बहुत|काफी|थोड़ा|सच में|बेहद|एकदम|ज़रा|वाकई'),
    clause: 'S D A था',
    joints: list(', | और |। |, लेकिन |, मगर '),
    end: '।',
  },
]

function review(grammar: Grammar, positive: boolean, random: Random): string {
  const parts = random() < 0.5 ? [pick(grammar.openings, random)] : []
  const count = 1 + Math.floor(random() * 5)
  for (let k = 0; k < count; k++) {
    const words = random() < 0.8 === positive ? grammar.good : grammar.bad
    const clause =
      random() < 0.6 ? grammar.clause : grammar.clause.replace(/ ?D ?/, grammar.clause.includes(' ') ? ' ' : '')
    const drawn = { S: pick(grammar.subjects, random), D: pick(grammar.degrees, random), A: pick(words, random) }
    parts.push(clause.replace(/[SDA]/g, mark => drawn[mark as keyof typeof drawn]).trim())
  }
  return (
    parts.reduce((text, part) => (text === '' ? part : text + pick(grammar.joints, random) + part), '') + grammar.end
  )
}

/** Invented hotel reviews in Chinese, Russian, Arabic and Hindi, mixed; a few labels are wrong. */
export function languages(count: number, seed: number): Row[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const positive = random() < 0.55
    const text = review(pick(grammars, random), positive, random)
    return { text, label: positive === random() >= 0.01 ? 'good' : 'bad' }
  })
}
