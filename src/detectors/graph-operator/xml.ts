import type { Act } from '../../core/index.ts'
import { leaves } from './places.ts'
import type { Judge, Verdict } from './verdict.ts'

/** Functions that every engine for PMML has. */
const builtIn = new Set(
  `+ - * / min max sum avg median product log10 ln sqrt abs exp pow threshold floor ceil round rint modulo isMissing
  isNotMissing isValid isNotValid equal notEqual lessThan lessOrEqual greaterThan greaterOrEqual and or not isIn isNotIn if
  uppercase lowercase stringLength substring trimBlanks concat replace matches formatNumber formatDatetime
  dateDaysSinceYear dateSecondsSinceYear dateSecondsSinceMidnight expm1 hypot ln1p sin asin sinh cos acos cosh tan atan
  tanh normalCDF normalPDF normalIDF stdNormalCDF stdNormalPDF stdNormalIDF erf x-`.split(/\s+/),
)
/** Packages of Java, and libraries that every machine with Java may have, which do not compute. */
const reachingPackage =
  /^(java|javax|sun|com\.sun|jdk|org\.apache|org\.codehaus\.groovy|groovy|ognl|javassist|org\.mozilla|org\.springframework|scala|clojure|jython)\b/
const remedy = 'Ask the publisher for the model without extensions, or convert it to ONNX.'
const allowed = (mechanism: string): Verdict => ({ list: 'allowed', severity: 'info', mechanism })
const denied = (mechanism: string): Verdict => ({ list: 'denied', severity: 'block', mechanism, remedy })
const review = (mechanism: string): Verdict => ({ list: 'review', severity: 'hold', mechanism, remedy })

/** Judges what engines and readers of XML would call and open. */
export const judgeXml: Judge = act => {
  if (act.kind === 'reach') return placeOf(act)
  if (act.module === 'xml') return objectOf(act)
  if (act.kind === 'call') return denied('An extension of the model carries a program.')
  if (act.by === 'function of the model' || builtIn.has(act.name)) return allowed('A function of PMML.')
  if (reachingPackage.test(act.name)) return denied('The engine loads it as a class of Java, by its name.')
  const mechanism = 'It is no function of PMML: an engine looks it up by its name, as a class or in an extension.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy }
}

function placeOf({ name, by }: Act): Verdict {
  return leaves(name) ? review(`An address at \`${by}\`.`) : allowed('A name inside of the document.')
}

function objectOf({ name }: Act): Verdict {
  if (reachingPackage.test(name) || /^System\.|Process|Runtime|Start$/.test(name))
    return denied('A reader of Java or .NET makes an object of it, and calls what the document says.')
  return review('A reader of Java or .NET may make an object of it.')
}
