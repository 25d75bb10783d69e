import type { EvidenceOf, Tile } from '../../core/index.ts'
import { counted, numberText } from '../lines.ts'
import { visibleText } from '../visible.ts'
import { flow } from './figures/flow.ts'
import { dataText, html, type Markup } from './markup.ts'

type Pictures = EvidenceOf<'pictures'>

/** Pictures of each kind that stand in sight; the others are one click away. */
const tilesInSight = 12
/** Longest side of a recovered trigger on the page, in pixels. */
const heroSide = 168
const sheetSide = 84

/**
 * What pictures share, enlarged; where it sits; the accused pictures beside others of their label.
 * @param flowIsDrawn true when a figure beside it shows from which class to which label they went
 */
export function pictureEvidence(evidence: Pictures, flowIsDrawn: boolean): Markup {
  const { trigger, mask, heat, tiles, beside, groups = [], label } = evidence
  const heroes = [
    trigger ? hero(trigger, trigger.note ?? 'what they share, recovered') : null,
    mask ? hero(mask, mask.note ?? 'where they agree') : null,
    heat ? heatMap(heat) : null,
  ].filter(each => each !== null)
  const named = label === undefined ? '' : ` labelled “${visibleText(label, 60)}”`
  return html`${heroes.length > 0 ? html`<div class="heroes">${heroes}</div>` : null}${flowIsDrawn ? null : flows(evidence)}${sheetOf('Accused', tiles, true)}${sheetOf(`Others${named}, to compare`, beside, false)}${groups.length > 0 ? html`<h4>Group by group</h4>${groups.map(group => html`<div class="tiles group">${group.map(tile => thumb(tile, false))}</div>`)}` : null}`
}

/** From what the pictures look like to the label that they bear. */
function flows({ from, label, agreeing }: Pictures): Markup | null {
  if (label === undefined || from.length === 0) return null
  const known = from.reduce((sum, { rows }) => sum + rows, 0)
  const rest = Math.max(0, agreeing - known)
  const all = [...from, ...(rest > 0 ? [{ label: 'nothing known', rows: rest }] : [])]
  const { svg } = flow({
    kind: 'flow',
    title: '',
    from: 'looks like',
    to: 'is labelled',
    flows: all.map(({ label: look, rows }) => ({ from: look, to: label, rows, lit: look !== label })),
  })
  return html`<h4>From class to label</h4>${svg}`
}

/** One picture with its caption, small ones enlarged pixel by pixel. */
function hero(tile: Tile, caption: string): Markup {
  const scale = Math.max(1, Math.floor(heroSide / Math.max(tile.width, tile.height)))
  return html`<figure class="hero">${image(tile, scale)}<figcaption>${dataText(caption, [], 120)}</figcaption></figure>`
}

const image = ({ png, name, width, height }: Tile, scale: number): Markup =>
  html`<img class="${scale > 1 ? 'enlarged' : ''}" alt="${visibleText(name, 120)}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" src="data:image/png;base64,${/^[A-Za-z0-9+/=]*$/.test(png) ? png : ''}">`

function sheetOf(title: string, tiles: readonly Tile[], lit: boolean): Markup | null {
  if (tiles.length === 0) return null
  const rest = tiles.slice(tilesInSight)
  return html`<h4>${title}</h4><div class="tiles">${tiles.slice(0, tilesInSight).map(tile => thumb(tile, lit))}</div>${
    rest.length > 0
      ? html`<details class="more"><summary>${counted(rest.length, 'picture')} more</summary><div class="tiles">${rest.map(tile => thumb(tile, lit))}</div></details>`
      : null
  }`
}

/** A picture of a contact sheet, with a frame around its telling part and what it is called. */
export function thumb(tile: Tile, lit: boolean): Markup {
  const scale = Math.max(1, Math.min(3, Math.floor(sheetSide / Math.max(tile.width, tile.height))))
  const [w, h] = [tile.width * scale, tile.height * scale]
  const place = tile.part === undefined ? '' : `${tile.part} · record ${tile.record}`
  const about = [place, tile.label, tile.score === undefined ? '' : numberText(tile.score)].filter(Boolean).join(' · ')
  return html`<figure class="thumb ${lit ? 'lit' : ''}" title="${visibleText(about, 300)}"><span class="frame">${image(tile, scale)}${tile.box ? boxed(tile.box, w, h) : null}</span><figcaption>${dataText(tile.name, [], 60)}${tile.note ? html` <span class="remark">${dataText(tile.note, [], 60)}</span>` : null}</figcaption></figure>`
}

/** A frame around a part of a picture. */
function boxed([left, top, width, height]: NonNullable<Tile['box']>, w: number, h: number): Markup {
  const at = (share: number, side: number) => Math.max(0, Math.min(side, share * side))
  const [x, y] = [at(left, w), at(top, h)]
  const [across, down] = [Math.min(w - x, Math.max(3, width * w)), Math.min(h - y, Math.max(3, height * h))]
  return html`<svg viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" aria-hidden="true"><rect x="${numberText(x)}" y="${numberText(y)}" width="${numberText(across)}" height="${numberText(down)}"/></svg>`
}

/** Where in the picture it sits, from pale to strong. */
function heatMap({ width, height, values }: NonNullable<Pictures['heat']>): Markup | null {
  if (width < 1 || height < 1 || width > 64 || height > 64) return null
  const cell = heroSide / Math.max(width, height)
  const rects = values.slice(0, width * height).flatMap((value, i) => {
    const opacity = Math.max(0, Math.min(1, value))
    if (!(opacity > 0.02)) return []
    return [
      html`<rect x="${i % width}" y="${Math.floor(i / width)}" width="1.02" height="1.02" fill-opacity="${opacity.toFixed(2)}"/>`,
    ]
  })
  return html`<figure class="hero"><svg class="heatmap" viewBox="0 0 ${width} ${height}" width="${Math.round(cell * width)}" height="${Math.round(cell * height)}" role="img" aria-label="Map of where it sits in the pictures">${rects}</svg><figcaption>where in the picture it sits</figcaption></figure>`
}
