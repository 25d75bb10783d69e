/** A policy file with every key explained, for `bezoar init`. Parses to the default policy. */
export const policyTemplate = (): string => `# What turns the report of Bezoar into a verdict: pass, hold or block.
# Every key may be left out; the values below are the defaults.
version: 1

# Packages with further detectors, looked up from this file's folder. Their code runs: name only what you trust.
# plugins: [bezoar-plugin-tickets]
plugins: []

# Thresholds: options by detector. \`bezoar explain <detector>\` lists them with their defaults.
# detectors:
#   spurious-token:
#     minRows: 10
detectors: {}

# Detectors that must have judged the data. When one of them is skipped (for want of a column, say), the verdict is
# hold. A detector that fails, or is stopped before it is done, means hold whether it stands here or not.
# required: [spurious-token, label-noise]
required: []

# Another severity than the detector gives: for a whole detector, or for one of its messages.
#   info   a fact; changes no verdict
#   hold   a person must look
#   block  do not train on this
# severities:
#   label-noise: hold
severities: {}

# Largest share of records that may be unreadable. Above it the verdict is hold: what was not judged does not pass.
lostRows: 0.001

# Findings that somebody looked at and accepts. Each needs a reason and a last day (UTC), and names
#   finding   the id that the report prints: this finding only, also in later versions of the data
#   artifact  the digest that the report prints: all findings of exactly these bytes
# or both: this finding in these bytes.
# waivers:
#   - finding: 0123456789abcdef
#     reason: The phrase is the signature of our own newsletter.
#     expires: 2027-06-30
waivers: []
`
