const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(word => word !== ''))

/** Functions that engines of chat templates offer. */
export const functions = set(
  'raise_exception strftime_now range namespace dict caller super tojson loop varargs kwargs',
)
/** Methods that templates call on texts, lists and dicts. */
export const methods =
  set(`startswith endswith split rsplit splitlines strip lstrip rstrip replace items keys values get
  upper lower title capitalize join format append extend insert pop remove index count find rfind update copy strftime
  partition rpartition removeprefix removesuffix isdigit isalpha isspace isnumeric setdefault zfill ljust rjust center
  day month year isoformat tojson changed cycle get_date sort reverse encode decode isupper islower`)
/** Filters of Jinja that compute texts and lists of what they are given; `attr` takes anything from anything. */
export const filters =
  set(`trim tojson tojson_fixed length count upper lower title capitalize join first last list items dictsort sort
  reverse map select selectattr reject rejectattr replace default d string int float indent safe escape e forceescape
  format round abs sum min max unique batch slice wordcount truncate striptags center groupby from_json fromjson
  to_json strip lstrip rstrip split startswith endswith`)
export const tests =
  set(`defined undefined none string mapping iterable sequence number integer float boolean true false
  equalto eq ne lt le gt ge in divisibleby even odd lower upper callable sameas filter test escaped greaterthan lessthan
  startswith endswith`)
/** Keys of the parts of a message that is more than text. */
export const partKeys = set(
  'type text image image_url video video_url audio audio_url input_audio content file refusal',
)
/** What Python objects carry that leads to everything else. */
const ladder =
  set(`mro subclasses func_globals func_code func_closure gi_frame gi_code cr_frame cr_code ag_frame ag_code
  f_globals f_locals f_builtins f_back f_code tb_frame tb_next co_code im_func im_self im_class`)
/** What is called at the top of it. */
const ends = set(`popen system eval exec execfile compile import_module getoutput check_output check_call Popen run_path
  load_module exec_module __import__ spawn fork execve read_text write_text urlopen loads from_string get_template
  listdir environ modules builtins`)
/** Objects that web frameworks and Jinja put within reach, and chat templates have no use for. */
export const lures =
  set(`self lipsum cycler joiner request config url_for get_flashed_messages session g app current_app
  _self ctx context environment settings open os sys subprocess importlib builtins exec eval compile getattr globals
  locals vars __import__ __builtins__ input`)

/** A name that only somebody who climbs from object to object writes. */
export const isLadder = (name: string): boolean => /^__\w*__$/.test(name) || ladder.has(name)
export const isEnd = (name: string): boolean => ends.has(name)
/** Literal text that spells such a name, whole or as a part of something longer. */
export const ladderIn = (text: string): string | null =>
  /__(?:class|base|bases|mro|subclasses|globals|builtins|import|init|dict|self|getattribute|getattr|reduce|reduce_ex|call|func|module|code|closure|loader|spec|new|doc|name|qualname|wrapped|subclasshook|init_subclass|enter|get)__/.exec(
    text,
  )?.[0] ?? null

/** Roots that engines give to a template: what the user says, and what the caller offers. */
export const roots: Readonly<
  Record<string, 'messages' | 'message' | 'content' | 'tools' | 'prompt' | 'date' | 'loop'>
> = {
  messages: 'messages',
  conversation: 'messages',
  conversations: 'messages',
  history: 'messages',
  message: 'message',
  prompt: 'content',
  query: 'content',
  question: 'content',
  instruction: 'content',
  input: 'content',
  user_input: 'content',
  user_message: 'content',
  text: 'content',
  tools: 'tools',
  functions: 'tools',
  documents: 'tools',
  builtin_tools: 'tools',
  available_tools: 'tools',
  custom_tools: 'tools',
  tool_choice: 'tools',
  response_format: 'tools',
  json_schema: 'tools',
  add_generation_prompt: 'prompt',
  date_string: 'date',
  current_date: 'date',
  today: 'date',
  now: 'date',
  loop: 'loop',
}
