import { type Examiner, type Member, modelFormat } from '../../core/index.ts'
import { sourceActs } from './source.ts'

/** Sources of large models are some 100 KB a class. */
const mostSource = 1 << 20

/**
 * TorchScript archives: sources under `code/` that PyTorch's own interpreter runs. It knows no Python modules, only
 * operators; a few of them read and write files.
 */
export default modelFormat({
  id: 'torchscript',
  title: 'TorchScript archive',
  extensions: ['.pt', '.ptl', '.pth'],
  sniff: () => 0,
  layout({ members }, examiner) {
    const names = new Set(members.map(member => member.name))
    for (const member of members) {
      const root = /^(.*\/)?code\/.*\.py$/.exec(member.name)?.[1] ?? null
      const folder = root ?? (member.name.startsWith('code/') && member.name.endsWith('.py') ? '' : null)
      if (folder === null) continue
      if (names.has(`${folder}data.pkl`) || names.has(`${folder}constants.pkl`)) readSource(member, examiner)
    }
  },
})

function readSource(member: Member, examiner: Examiner): void {
  const source = Buffer.from(member.bytes.read(0, mostSource)).toString('utf8')
  const start = member.start ?? 0
  const stored = member.end === start + member.size
  const incomplete =
    member.size > mostSource ? { incomplete: `Only the first ${mostSource} bytes were looked at.` } : {}
  examiner.program({
    language: 'torchscript',
    start,
    end: member.end ?? start,
    acts: sourceActs(source, stored ? start : 0),
    source,
    title: member.name.slice(0, 200),
    listing: lines => source.split('\n', lines),
    ...incomplete,
  })
}
