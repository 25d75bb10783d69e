import type { Act } from '../../core/index.ts'
import type { Judge, Verdict } from './verdict.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

/** Functions that start programs, fetch, or load machine code. */
const starting = words(`system system2 shell shell.exec pipe fifo socketConnection serverSocket socketAccept url
  download.file download.packages install.packages curl_download curl_fetch_memory GET POST dyn.load library.dynam mcparallel
  mclapply browseURL Sys.setenv reg.finalizer makeActiveBinding sys.source source r_bg run process open.connection
  socketSelect utils:::rexec rsystem .External.graphics cpp_function sourceCpp inline cfunction`)
/** Functions that touch files or make code of text. */
const reaching =
  words(`eval evalq eval.parent parse str2lang str2expression file unlink file.remove file.rename file.copy
  file.create dir.create writeLines writeBin sink cat readRDS load loadNamespace requireNamespace attachNamespace library
  require getNamespace do.call assignInNamespace assignInMyNamespace assignInNamespace setHook addTaskCallback attach
  unserialize delayedAssign dput dump save saveRDS Sys.chmod Sys.setFileTime setwd readLines readline scan trace untrace
  lockBinding unlockBinding environment<- body<- quit q`)
/** Functions that only compute: an argument that nobody wanted yet is full of them. */
const computing =
  words(`+ - * / ^ %% %/% %*% %in% == != < > <= >= ! & && | || ( { [ [[ $ @ : :: = <- if for while repeat
  break next return c list vector numeric character logical integer double matrix array data.frame factor names colnames
  rownames dim length nrow ncol NROW NCOL seq seq_len seq_along rep rev sort order unique which which.max which.min max min
  sum mean median sd var range quantile abs sqrt exp log log2 log10 round floor ceiling is.null is.na is.numeric
  is.character is.factor is.function is.data.frame missing identical inherits class mode typeof nchar paste paste0 sprintf
  format toupper tolower substr strsplit gsub sub grepl match match.arg ifelse switch stop warning message TRUE FALSE NULL
  as.numeric as.character as.integer as.logical as.factor as.matrix as.data.frame as.formula formula model.frame
  model.matrix model.response terms contrasts levels nlevels subset cbind rbind apply sapply lapply vapply tapply Reduce
  Filter Map crossprod solve diag t outer cut table attr attributes structure unlist stats::formula parent.frame sys.call
  match.call environment new.env emptyenv invisible function quote bquote substitute is.matrix any all nargs interactive
  getOption options set.seed runif rnorm sample scale na.omit complete.cases try tryCatch on.exit Negate Vectorize`)
/** Namespaces that come with R or hold the models most in use. */
const known =
  words(`base stats utils methods graphics grDevices datasets tools parallel compiler splines stats4 grid tcltk
  Matrix MASS lattice nlme survival boot class cluster codetools foreign KernSmooth mgcv nnet rpart spatial caret
  randomForest ranger glmnet xgboost lightgbm e1071 kernlab gbm party partykit tree earth pls recipes parsnip workflows
  tidymodels hardhat butcher rsample yardstick dials tune tibble dplyr tidyr purrr rlang vctrs magrittr ggplot2 data.table
  mlr mlr3 mlr3learners R6 checkmate paradox lgr keras tensorflow reticulate torch luz h2o catboost forecast prophet lme4
  brms rstan rstanarm quanteda tm text2vec topicmodels Seurat SeuratObject SummarizedExperiment sp sf raster terra`)

const remedy = "Have its author give the numbers alone (CSV, safetensors, or the model's own format)."
const allowed = (mechanism: string): Verdict => ({ list: 'allowed', severity: 'info', mechanism })
const noted = (mechanism: string): Verdict => ({ list: 'review', severity: 'info', mechanism })
const review = (mechanism: string): Verdict => ({ list: 'review', severity: 'hold', mechanism, remedy })
const denied = (mechanism: string): Verdict => ({ list: 'denied', severity: 'block', mechanism, remedy })

/** Judges what objects of R would do when they are read and used. */
export const judgeR: Judge = act => {
  if (act.kind === 'persist') return review('R asks a hook for it by its id.')
  if (act.kind === 'import') return importOf(act)
  if (act.kind === 'set') return bindingOf(act)
  if (act.by.startsWith('promise in ')) return promiseOf(act)
  return callOf(act)
}

/** R before 4.4 ran the code of a promise as soon as its value was looked at (CVE-2024-27322). */
function promiseOf({ name, by }: Act): Verdict {
  if (by === 'promise in data' && name === 'promise')
    return denied('A promise where data must be: its code runs when the value is looked at (CVE-2024-27322).')
  if (name === 'promise') return noted('An argument that nobody wanted yet: its code runs when the value is looked at.')
  return noted('A promise that has its value: its code does not run again.')
}

function callOf({ module, name, by }: Act): Verdict | null {
  const full = module === '' ? name : `${module}::${name}`
  const isStarting = starting.has(name) || starting.has(full)
  const isReaching = reaching.has(name)
  if (by === 'binding' && !isStarting) return isReaching ? review('It runs whenever the value is looked at.') : null
  if (by === 'promise' || by === 'binding') {
    if (isStarting || isReaching) return denied('It runs when the value is looked at, and reaches out of R.')
    if (!computing.has(name))
      return review('It runs when the value is looked at, and is on no list of what only computes.')
    return allowed('It runs when the value is looked at, and only computes.')
  }
  if (isStarting && by === 'function')
    return denied('A function in the file starts programs, fetches, or loads machine code.')
  if (isStarting)
    return review('An expression in the file would start programs, fetch, or load machine code if it were run.')
  if (isReaching && by === 'function') return noted('A function in the file touches files, or makes code of text.')
  return allowed(by === 'function' ? 'A function in the file calls it.' : 'An expression that is data.')
}

function importOf({ module, name, by }: Act): Verdict {
  if (by === 'pointer') return noted('A pointer into memory; it is empty when it is read again.')
  if (by === 'builtin')
    return starting.has(name) || reaching.has(name)
      ? review('A function of R by its name.')
      : allowed('A function of R by its name.')
  return known.has(module)
    ? allowed('A package that models use.')
    : noted('R loads the package, when it is there, to read the file.')
}

function bindingOf({ name, by }: Act): Verdict {
  if (by === 'active binding') return noted('Its function runs each time that the name is looked at.')
  return denied(`R runs \`${name}\` by itself.`)
}
