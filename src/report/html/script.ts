/**
 * The only script of the page. Nothing depends on it: it sorts the table of detectors on a click, opens what is folded
 * before printing, and opens the card that an address points to.
 */
export const script = `
'use strict'
const table = document.querySelector('section[aria-labelledby=detectors] table')
const heads = table ? [...table.tHead.rows[0].cells] : []
heads.forEach((head, column) => {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = head.textContent
  head.replaceChildren(button)
  button.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending'
    for (const other of heads) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
    const body = table.tBodies[0]
    const text = row => row.cells[column].textContent.trim()
    const rows = [...body.rows].sort((a, b) => text(a).localeCompare(text(b), 'en', { numeric: true }))
    body.append(...(down ? rows.reverse() : rows))
  })
})
const openTarget = () => {
  const card = location.hash.startsWith('#f-') && document.getElementById(location.hash.slice(1))
  const folded = card && card.querySelector('details')
  if (folded) folded.open = true
  for (let outer = card && card.closest('details'); outer; outer = outer.parentElement.closest('details')) outer.open = true
  if (card) card.scrollIntoView()
}
addEventListener('hashchange', openTarget)
openTarget()
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('details:not(.words)')) folded.open = true
})
`
