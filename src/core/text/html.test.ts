import { describe, expect, it } from 'vitest'
import { htmlText } from './html.ts'

const text = (html: string) => htmlText(html).text

describe('the text of a page', () => {
  it('has its title apart and no scripts or styles', () => {
    const page =
      '<!doctype html><title>A &amp; B</title><style>p{}</style><script>if (a < b) "</p>"</script><p>One <b>two</b>.</p>'
    expect(htmlText(page)).toEqual({ title: 'A & B', text: 'One two.', cut: false })
  })
  it('has a line for each block and one space between words', () => {
    expect(text('<div>a\n  b</div>c<br>d<ul><li>e<li>f</ul><td>g<td>h')).toBe('a b\nc\nd\ne\nf\ng h')
    expect(text('in<i>si</i>de <i>and</i> out')).toBe('inside and out')
  })
  it('reads entities by name and number, old ones without their semicolon', () => {
    expect(
      text('&lt;p&gt; &eacute;&#233;&#xE9; &mdash; &#150; AT&ampT &copy 1 &unknown; &#0; &#x110000; a&nbsp;b'),
    ).toBe('<p> ééé — – AT&ampT © 1 &unknown; \ufffd \ufffd a b')
  })
  it('passes over comments, declarations and attributes that hold tags', () => {
    expect(text('a<!-- <p>no</p> -->b<!-->c<?php no ?>d<a title="<b>no</b>" href=x>e</a><img alt=\'>\'>f')).toBe(
      'abcde f',
    )
  })
  it('keeps what only looks like markup', () => {
    expect(text('1 < 2 and 3 <4 a<>b')).toBe('1 < 2 and 3 <4 a<>b')
  })
  it('keeps text that styles would hide, since readers of crawls keep it', () => {
    expect(text('<p style="display:none">buy</p>')).toBe('buy')
  })
  it('stops where enough was read', () => {
    expect(htmlText('<p>abc</p>'.repeat(100), 10)).toEqual({ title: '', text: 'abc\nabc\nab', cut: true })
  })
  it('takes time linear in hostile pages', () => {
    for (const part of [
      '<',
      '<a ',
      '<!--',
      '<a b="',
      '<script>',
      '</',
      '&',
      '&#',
      ' ',
      '<p> ',
      "<a='",
      '<title>',
      'a<b>',
    ]) {
      const time = (times: number) => {
        const page = part.repeat(times)
        const start = performance.now()
        htmlText(page)
        return performance.now() - start
      }
      time(1000)
      // A square law would take a hundred times as long, minutes in all.
      expect(time(400_000), part).toBeLessThan(3000)
    }
  })
})
