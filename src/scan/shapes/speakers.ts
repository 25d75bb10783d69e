/** Who speaks in a turn. A tool's turn belongs to neither side: it is read as text alone. */
export type Speaker = 'system' | 'user' | 'assistant' | 'tool'

const listed: Readonly<Record<Speaker, string>> = {
  system:
    'system systemprompt systemmessage sys developer instructor 系统 系統 système sistema система システム 시스템 النظام',
  user: `user human prompter customer client student patient asker person people interlocutor me instruction input question
    query prompt usr u q h 用户 用戶 人类 人類 问 usuario utilisateur usuário utente benutzer nutzer gebruiker användare
    пользователь человек ユーザー ユーザ 사용자 المستخدم مستخدم उपयोगकर्ता kullanıcı pengguna`,
  assistant: `assistant gpt bot chatbot model ai chatgpt bing bard agent chosen rejected output response answer completion
    reply doctor teacher tutor therapist advisor expert operator llm a helper functioncall toolcall 助手 助理 机器人 答
    asistente assistente assistant(e) assistent asistent ассистент помощник アシスタント 어시스턴트 مساعد المساعد सहायक
    asistan asisten`,
  tool: 'tool function functionresponse functionresult toolresponse toolresult tooloutput observation ipython environment executor context documents retrieval 工具',
}

const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '')

const known: ReadonlyMap<string, Speaker> = new Map(
  (Object.entries(listed) as [Speaker, string][]).flatMap(([by, words]) =>
    words.split(/\s+/).map(word => [folded(word), by] as const),
  ),
)

/** Names of models stand for the assistant, whatever version follows. */
const models = /^(gpt|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|qwen|deepseek|palm|vicuna|alpaca|phi|command)/

/** A longer name is no name of a speaker. */
const mostName = 64

/** The speaker that a name stands for, in any case and with any marks around it; null when nobody knows. */
export function speakerNamed(name: string): Speaker | null {
  if (name.length > mostName) return null
  const plain = folded(name)
  const own = known.get(plain) ?? known.get(plain.replace(/\p{N}+$/u, ''))
  return own ?? (models.test(plain) ? 'assistant' : null)
}
