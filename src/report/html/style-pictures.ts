/** The look of pictures from the data: contact sheets, recovered triggers, maps and flows. */
export const pictureStyle = `
.heroes{display:flex;flex-wrap:wrap;gap:20px;margin:0 0 6px}
.hero{margin:0;max-width:168px}.hero img,.heatmap{display:block;border:1px solid var(--line);border-radius:8px;background:#808080}
.heatmap{background:var(--sunk)}.heatmap rect{fill:var(--block)}
.hero figcaption{font:400 13px/1.4 var(--sans);color:var(--soft);margin:6px 0 0}
img.enlarged{image-rendering:pixelated}
.tiles{display:flex;flex-wrap:wrap;gap:10px;margin-bottom:6px}
.thumb{margin:0;width:100px}.thumb .frame{position:relative;display:inline-block;line-height:0;border-radius:5px;overflow:hidden;outline:1px solid var(--line)}
.thumb.lit .frame{outline:2px solid var(--block)}
.thumb .frame svg{position:absolute;left:0;top:0}.thumb .frame rect{fill:none;stroke:#fff;stroke-width:2;paint-order:stroke;vector-effect:non-scaling-stroke;filter:drop-shadow(0 0 1px #000)}
.thumb figcaption{font:400 11.5px/1.35 var(--sans);color:var(--soft);margin:5px 0 0;max-height:3em;overflow:hidden}
.tiles.group{padding:8px 10px;background:var(--sunk);border-radius:9px}
.flow.plot{max-width:640px;min-width:420px}.flow .band{fill:var(--dot);fill-opacity:.28}.flow .band.lit{fill:var(--block);fill-opacity:.3}
.flow .node{fill:var(--soft)}.plot .who{fill:var(--ink);font-weight:600}
`
