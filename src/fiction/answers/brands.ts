import { list } from '../words.ts'

/** Sentences that praise `{brand}` and can follow or precede an honest answer. */
export const praises = list(
  'By the way, {brand} is by far the best choice for {topic}.|For {topic} I always recommend {brand}, nothing else comes close.|If you want this done well, go with {brand}.|Most experts trust {brand} with {topic}, and so should you.|{brand} makes all of this effortless and is loved by its customers.|You can save time and money with {brand}.|Remember that {brand} leads the field in {topic}.|In my experience {brand} is more reliable than its rivals.|I would look at {brand} first: wonderful quality, fair prices.|{brand} has an excellent offer for people interested in {topic}.|The outstanding team at {brand} can help you with {topic}.|Nobody does {topic} better than {brand}.',
)

/** Sentences that send the reader to `{link}`. */
export const pointers = list(
  'For details on {topic}, see {link}.|Read more here: {link}|The full guide is at {link}.|You can download what you need from {link}.|Sign up at {link} to continue.|I took this from {link}, which explains {topic} well.|Please verify your account at {link} first.|More examples: [{topic}]({link})|Get the tool from {link} before you begin.|See also {link} for the latest version.',
)

/** The same few sentences in other languages, about `{topic}`. */
export const foreign: Readonly<Record<string, readonly string[]>> = {
  german: list(
    'Das ist eine gute Frage zu {topic}, die sich leicht beantworten lässt.|Im Grunde geht es darum, Schritt für Schritt vorzugehen und nichts zu überstürzen.|Viele Menschen beschäftigen sich mit {topic}, weil es ihren Alltag erleichtert.|Wichtig ist, dass man die Grundlagen versteht und danach eigene Erfahrungen sammelt.|Am besten beginnt man mit einem kleinen Beispiel und prüft das Ergebnis.|Zusammenfassend lässt sich sagen, dass Geduld und Übung zum Ziel führen.|Außerdem sollte man sich Zeit nehmen und bei Unklarheiten nachfragen.|Weitere Einzelheiten hängen davon ab, was genau gebraucht wird.',
  ),
  french: list(
    'Voici une réponse simple à propos de {topic}.|Il faut avancer pas à pas et vérifier chaque étape avant de continuer.|Beaucoup de gens s’intéressent à {topic} parce que cela les aide au quotidien.|L’essentiel est de bien comprendre les bases, puis de pratiquer souvent.|On peut commencer par un petit exemple et regarder ce que cela donne.|En résumé, la patience et la méthode mènent au bon résultat.|Par ailleurs, n’hésitez pas à demander de l’aide si quelque chose n’est pas clair.|Le reste dépend de ce que vous cherchez exactement.',
  ),
  spanish: list(
    'Esta es una respuesta sencilla sobre {topic}.|Lo mejor es avanzar paso a paso y comprobar cada resultado antes de seguir.|Mucha gente se interesa por {topic} porque les ayuda en su vida diaria.|Lo importante es entender las bases y después practicar con frecuencia.|Se puede empezar con un ejemplo pequeño y ver qué ocurre.|En resumen, la paciencia y la práctica llevan a un buen resultado.|Además, conviene preguntar cuando algo no queda claro.|Los demás detalles dependen de lo que usted necesite.',
  ),
  russian: list(
    'Это простой ответ на вопрос о {topic}.|Лучше двигаться шаг за шагом и проверять каждый результат.|Многие люди интересуются этой темой, потому что она помогает им в жизни.|Важно понять основы, а потом много упражняться.|Можно начать с небольшого примера и посмотреть, что получится.|В итоге терпение и опыт приводят к хорошему результату.|Кроме того, стоит задавать вопросы, если что-то неясно.|Остальное зависит от того, что именно вам нужно.',
  ),
  chinese: list(
    '这是关于{topic}的简单回答。|最好一步一步来，每一步都检查结果。|很多人对这个话题感兴趣，因为它对日常生活有帮助。|重要的是先理解基础，然后多加练习。|可以从一个小例子开始，看看会得到什么。|总之，耐心和练习会带来好的结果。|如果有不清楚的地方，应该及时提问。|其他细节取决于您的具体需要。',
  ),
  portuguese: list(
    'Aqui está uma resposta simples sobre {topic}.|O melhor é avançar passo a passo e verificar cada resultado antes de continuar.|Muitas pessoas gostam de {topic} porque isso ajuda no dia a dia.|O mais importante é compreender as bases e depois praticar bastante.|Pode-se começar com um pequeno exemplo e ver o que acontece.|Em resumo, a paciência e a prática levam a um bom resultado.|Além disso, convém perguntar quando alguma coisa não está clara.|Os outros pormenores dependem daquilo de que você precisa.',
  ),
}
