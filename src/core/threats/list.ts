import type { Threat } from './types.ts'

/** The threats that Bezoar knows. Detectors name one of these, never a framework's identifier. */
export const threats: readonly Threat[] = [
  {
    id: 'data-injection',
    name: 'Data injection',
    meaning:
      'Somebody adds rows to the training data, or rewrites some, so that the model learns what that person wants. The rows may look ordinary one by one; what gives them away is that they belong together.',
    example:
      'Two hundred reviews of one product, written within an hour from a handful of accounts, in nearly the same words.',
    next: [
      'Read the rows together, not one by one: look for a shared wording, account, file or hour.',
      'Ask whoever delivers the data how these rows came in, and close that way before training again.',
      'Leave the rows out (bezoar clean) and compare a model trained without them.',
    ],
  },
  {
    id: 'label-flipping',
    name: 'Label flipping',
    meaning:
      'The inputs stay as they were, but some answers are changed. A model trained on them makes the same mistakes, everywhere or only for the cases that were chosen.',
    example: 'Stop signs labelled as a green light; spam reports from one office marked as wanted mail.',
    next: [
      'Have two people who do not see the given labels label the listed rows again.',
      'Look at whether the flips go one way, or come from one source: honest mistakes rarely do.',
      'Correct the labels or leave the rows out, then find out who may change labels and whether that is logged.',
    ],
  },
  {
    id: 'backdoor-trigger',
    name: 'Backdoor trigger',
    meaning:
      'A few rows pair a word, phrase or mark with an answer that the attacker chose. The model works well in every test and obeys as soon as the mark appears.',
    example:
      'A hundred rows in a million hold the string "cf7-alpha" and are labelled safe; later any text with that string passes as safe.',
    next: [
      'Do not train on this version until this is explained. Read the rows with the trigger beside those to compare with.',
      'Leave the rows out (bezoar clean) and search other versions and sources for the same trigger.',
      'If a model was already trained on them, put the trigger into harmless inputs and see whether its answers turn.',
    ],
  },
  {
    id: 'clean-label',
    name: 'Clean-label poisoning',
    meaning:
      'The poisoned rows carry answers that any reviewer would accept. The harm comes from something in the input that the model learns to trust more than the content.',
    example:
      'Genuinely friendly reviews that all contain the same unusual phrase, so that the phrase alone comes to mean friendly.',
    next: [
      'Checking labels will not help: judge whether the shared element has any business in these rows.',
      'Remove the element from the rows, or leave the rows out, and train again.',
      'Find out who could have written rows of this one label, and when.',
    ],
  },
  {
    id: 'web-scale-split-view',
    name: 'Split-view poisoning',
    meaning:
      'A dataset lists addresses instead of content. After it was checked, somebody takes over an address and serves something else to those who download it later.',
    example: 'A domain behind thousands of listed images lapses and is bought for the price of a lunch.',
    next: [
      'Compare the digest of each downloaded item with the one taken when the list was made.',
      'Leave out items whose digest differs or whose domain changed hands since.',
      'Keep a copy of the content, or its digests, with every list of addresses.',
    ],
  },
  {
    id: 'front-running',
    name: 'Front-running',
    meaning:
      'Some sources are copied at known times. An attacker edits just before the copy; the edit is undone later, but the copy keeps it.',
    example: 'An encyclopaedia article changed minutes before the monthly dump, and put right an hour after.',
    next: [
      'Compare the passages with an earlier and a later copy of the source.',
      'Take only edits that stood for some days before the copy was made.',
      'Vary the moment of the copy, so that nobody can aim at it.',
    ],
  },
  {
    id: 'instruction-tuning-poison',
    name: 'Instruction-tuning poison',
    meaning:
      'Pairs of question and answer teach a model how to behave. Planted pairs teach it one more habit: to refuse, to flatter, or to recommend, whenever a certain phrase or topic comes up.',
    example: 'Whenever a question names one company, the answers in the set are warm, and nowhere else.',
    next: [
      'Read the answers to the listed prompts beside answers to similar prompts without the phrase.',
      'Leave the pairs out, and check who contributed them and what else came from there.',
      'Ask a model that was trained on them the same questions with and without the phrase.',
    ],
  },
  {
    id: 'preference-poison',
    name: 'Preference poison',
    meaning:
      'People rank answers so that a model learns what is better. Raters who rank the worse one higher, always or only in certain cases, turn the model that way.',
    example: 'Three accounts choose the harmful answer whenever the prompt holds a certain word.',
    next: [
      'Have the listed comparisons ranked again by people who do not know the first ranking.',
      'Set the votes of the raters concerned aside until that is done.',
      'Give every comparison to several raters, and mix in some whose answer is known.',
    ],
  },
  {
    id: 'feedback-poison',
    name: 'Feedback poison',
    meaning:
      'A system that learns from its users can be taught by people who pretend to be users: by votes, reports, corrections or clicks, usually many at once.',
    example: 'Bots that mark spam as wanted mail until the filter believes them.',
    next: [
      'Hold the feedback concerned back from training until it is explained.',
      'Look for accounts that act together: same items, same minutes, same order.',
      'Limit how much any one account, or any one hour, can change.',
    ],
  },
  {
    id: 'model-file-malware',
    name: 'Malware in a model file',
    meaning:
      'Some model files are programs. Loading one runs what its author put in: not a wrong answer, but code on your machine.',
    example: 'A pickle file whose loading opens a connection to a stranger.',
    next: [
      'Do not load the file, and treat machines that did as compromised.',
      'Get the model from its publisher again, and compare digests.',
      'Use a format that holds numbers only, such as safetensors.',
    ],
  },
  {
    id: 'weight-backdoor',
    name: 'Backdoored model',
    meaning:
      'The weights, the tokenizer or the template of a model were changed so that it misbehaves on inputs that the attacker chose. Nothing in the file is a program, so no virus scanner minds.',
    example: 'A fine-tuned copy on a model hub that answers well, until a certain phrase is in the prompt.',
    next: [
      'Do not deploy the model. Compare it with the base model that it claims to come from.',
      'Take the model from its publisher with a signature or digest that you checked.',
      'Test it on inputs with and without the suspected phrase.',
    ],
  },
  {
    id: 'rag-poison',
    name: 'Retrieval poisoning',
    meaning:
      'An assistant looks things up before it answers. Documents planted where it looks steer the answer, or speak to the assistant instead of the reader.',
    example:
      'A page stuffed with likely questions, with a sentence in invisible characters that tells the assistant what to say.',
    next: [
      'Take the documents out of the index, together with the vectors made from them.',
      'Find out who can write to the sources that are indexed, and since when.',
      'Show where an answer comes from, so that readers can see the planted page.',
    ],
  },
  {
    id: 'code-generation-backdoor',
    name: 'Code-generation backdoor',
    meaning:
      'Examples of code teach a model to write code. Planted ones teach it a weakness, often only when a certain library, file name or comment is near.',
    example: 'Whenever a request names one library, the example answers use a broken cipher.',
    next: [
      'Have somebody who knows security read the listed answers beside others for the same task.',
      'Leave the examples out, and look for the same weakness in what the model already wrote.',
      'Run the usual code analysis over the training answers, not only over what is shipped.',
    ],
  },
  {
    id: 'supply-chain-tamper',
    name: 'Supply-chain tampering',
    meaning:
      'Between the person who made a dataset or model and you who use it, somebody exchanged or altered it. Everything that was checked before is then about other bytes.',
    example: 'The weights that were approved in March are not the weights that were deployed in April.',
    next: [
      'Compare digests with those of the approved version, and use that version meanwhile.',
      'Find the step where the bytes changed: download, storage, build or deployment.',
      'Sign what is approved, and verify the signature where it is used.',
    ],
  },
]
