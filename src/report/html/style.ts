/** The look of the page. Colours are named once, for light and for dark; text on its ground keeps 4.5:1 or more. */
export const style = `
:root{color-scheme:light dark;
--paper:#f7f5f0;--card:#fffefb;--sunk:#f1eee7;--ink:#1c1a16;--soft:#5b564c;--line:#e0dbd0;--hair:#ece8df;
--block:#a8201a;--block-bg:#fbe9e6;--hold:#8a5200;--hold-bg:#fcf0d9;--pass:#1c6a42;--pass-bg:#e3f2e8;--info:#2f5687;--info-bg:#e7eef7;
--mark:#ffe28a;--mark-ink:#3a2400;--chip:#3d2c6b;--chip-bg:#e9e3fa;--dot:#8b857a;--link:#2f5687;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L","Book Antiqua",Georgia,serif;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Inter,Roboto,"Helvetica Neue","Noto Sans","DejaVu Sans",sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--paper:#131210;--card:#1b1916;--sunk:#23201c;--ink:#efebe2;--soft:#aaa396;--line:#35312a;--hair:#2a2722;
--block:#ff9286;--block-bg:#3a1916;--hold:#f2bb62;--hold-bg:#352710;--pass:#83d6a6;--pass-bg:#14301f;--info:#9dbdf0;--info-bg:#1b2a40;
--mark:#6b4d00;--mark-ink:#fff0c2;--chip:#d6c8ff;--chip-bg:#33275a;--dot:#8f887b;--link:#9dbdf0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 var(--sans);overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
body.block{--tone:var(--block);--tone-bg:var(--block-bg)}body.hold{--tone:var(--hold);--tone-bg:var(--hold-bg)}body.pass{--tone:var(--pass);--tone-bg:var(--pass-bg)}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:focus-visible,summary:focus-visible,button:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:4px}
code{font:.875em/1.5 var(--mono)}
h1,h2,.summary,.said,.text,li{text-wrap:pretty}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure{margin:0;padding:0}
ol,ul{list-style:none}
.skip{position:absolute;left:-999px}.skip:focus{left:16px;top:12px;background:var(--card);padding:8px 12px;z-index:1}
.masthead,main,footer{max-width:1120px;margin:0 auto;padding:0 32px}
.masthead{display:flex;justify-content:space-between;align-items:center;padding-top:28px;padding-bottom:28px;color:var(--soft);font-size:14px}
.masthead p::first-letter{text-transform:uppercase}
.brand{display:flex;align-items:center;gap:10px;font:600 21px/1 var(--serif);letter-spacing:.01em;color:var(--ink)}
.mark{width:30px;height:30px;fill:none;stroke:currentColor;stroke-width:1.4}.mark .core{fill:currentColor}
main>section{margin-bottom:56px}
h2{font:600 26px/1.2 var(--serif);letter-spacing:-.005em;margin-bottom:20px}
.eyebrow,h4,th,.figures dt{font:600 12px/1.4 var(--sans);letter-spacing:.05em;color:var(--soft)}
.quiet{color:var(--soft);font-size:.875em;font-weight:400}

.banner{position:relative;background:var(--card);border:1px solid var(--line);border-radius:18px;padding:40px 44px 28px;overflow:hidden}
.banner::before{content:"";position:absolute;inset:0 0 auto;height:6px;background:var(--tone)}
.banner h1{margin:6px 0 14px;font:500 34px/1.15 var(--serif);letter-spacing:-.01em}
.banner .word{display:block;font-size:84px;line-height:1;font-weight:600;letter-spacing:-.03em;color:var(--tone);text-transform:capitalize;margin-bottom:10px}
.summary{font-size:18px;color:var(--soft);max-width:46em}
.reasons{margin:24px 0 30px;border-top:1px solid var(--hair)}
.reasons li{position:relative;padding:11px 0 11px 24px;border-bottom:1px solid var(--hair)}
.reasons li::before{content:"";position:absolute;left:2px;top:20px;width:9px;height:9px;border-radius:50%;background:var(--hold)}
.reasons li.block::before{background:var(--block)}
.reasons a{color:inherit;text-decoration-color:var(--line)}.reasons a:hover{text-decoration-color:currentColor}
.figures{display:grid;grid-template-columns:repeat(4,auto);justify-content:start;gap:8px 56px}
.figures div{display:flex;flex-direction:column}
.figures dd{font:500 30px/1.15 var(--serif);letter-spacing:-.01em}
.pinned{display:flex;flex-wrap:wrap;gap:4px 18px;margin:26px -44px -28px;padding:13px 44px;background:var(--sunk);font-size:14px;color:var(--soft)}
.pinned span:first-child{color:var(--ink);font-weight:600}

.coverage{display:grid;grid-template-columns:1fr 1.25fr;gap:0 56px;padding:0 12px}
.coverage h2{font-size:20px;margin-bottom:10px}
.coverage li{padding:7px 0;border-top:1px solid var(--line);font-size:15px}
.gaps li{padding-left:20px;position:relative}
.gaps li::before{content:"";position:absolute;left:2px;top:15px;width:8px;height:8px;border:1.5px solid var(--hold);border-radius:50%}

.card{--c:var(--info);--c-bg:var(--info-bg);background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px 32px 28px;margin-bottom:20px;scroll-margin-top:16px}
.card.block{--c:var(--block);--c-bg:var(--block-bg)}.card.hold{--c:var(--hold);--c-bg:var(--hold-bg)}.card.waived{--c:var(--soft);--c-bg:var(--sunk)}
.card:target{border-color:var(--c);box-shadow:0 0 0 1px var(--c)}
.head{display:flex;align-items:center;gap:12px;flex-wrap:wrap}
.pill{background:var(--c-bg);color:var(--c);font:600 13px/1 var(--sans);padding:6px 11px;border-radius:99px;text-transform:capitalize}
.what{flex:1}.threat{font:600 20px/1.3 var(--serif)}.by{color:var(--soft);font-size:14px;margin-left:6px}
.anchor{font:12px/1 var(--mono);color:var(--soft);text-decoration:none}.anchor:hover{text-decoration:underline}
.said{font:400 19px/1.5 var(--serif);margin:12px 0 0;max-width:50em}
.note{margin-top:12px;padding:10px 14px;background:var(--sunk);border-radius:8px;font-size:15px}
.card details>summary{cursor:pointer}
.card>details>summary{list-style:none;position:relative;padding-right:28px}
.card>details>summary::-webkit-details-marker{display:none}
.card>details>summary::after{content:"";position:absolute;right:4px;bottom:12px;width:8px;height:8px;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(45deg)}
.card>details[open]>summary::after{transform:rotate(-135deg)}
.card.info .said,.card.waived .said{font-size:17px;margin-top:8px}
.card.info,.card.waived{padding:18px 32px;margin-bottom:12px}
.body{display:grid;grid-template-columns:minmax(0,1.55fr) minmax(0,1fr);gap:0 44px;margin-top:22px}
h4{margin:20px 0 8px}.body>*>h4:first-child{margin-top:0}
.row{padding:11px 16px 9px;background:var(--sunk);border-radius:9px;margin-bottom:7px}
.row .text{line-height:1.55}
.row.contrast{background:none;border:1px dashed var(--line);padding:10px 15px 8px}
.about{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:center;font-size:13px;color:var(--soft);margin-top:3px}
.label{border:1px solid var(--line);border-radius:5px;padding:0 7px;color:var(--ink);background:var(--card)}
.remark{font-style:italic}
.answer{margin:4px 0 0;padding-left:12px;border-left:2px solid var(--soft);overflow-wrap:anywhere}
mark{background:var(--mark);color:var(--mark-ink);border-radius:3px;padding:.06em .18em;margin:0 -.06em;font-weight:600;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.chip{display:inline-block;background:var(--chip-bg);color:var(--chip);font:600 .72em/1.5 var(--mono);padding:0 .5em;border-radius:4px;margin:0 .15em;vertical-align:.08em;max-width:100%}
mark .chip{margin:0}
aside{font-size:14.5px;line-height:1.55}
aside dl div{display:grid;grid-template-columns:92px minmax(0,1fr);gap:10px;padding:6px 0;border-top:1px solid var(--hair)}
aside dt{color:var(--soft)}aside dd code{background:var(--sunk);border-radius:4px;padding:1px 5px}
.steps{counter-reset:s}.steps li{counter-increment:s;position:relative;padding:0 0 8px 24px}
.steps li::before{content:counter(s);position:absolute;left:0;top:.1em;font:600 14px/1.5 var(--serif);color:var(--c)}
.ids a{font-weight:600;white-space:nowrap;text-decoration-color:var(--line)}.ids a:hover{text-decoration-color:currentColor}
.lone{grid-template-columns:1fr}.lone .rows:empty{display:none}
.rows figure:first-child,.rows>h4:first-child{margin-top:0}
.advice{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.25fr);gap:0 44px;margin:24px -32px -28px;padding:20px 32px 14px;background:var(--sunk);border-radius:0 0 13px 13px;font-size:15px}
.advice h4{margin-top:0}.card.info .advice,.card.waived .advice{margin-bottom:-18px}
.more summary{color:var(--link);font-size:14px;padding:6px 0}
.ranges{font-size:13.5px;color:var(--soft);max-height:14em;overflow:auto}
.empty{color:var(--soft);font-size:17px}

figure{margin:22px 0 4px}
figcaption{font:600 15px/1.4 var(--sans);margin-bottom:10px}
.scroll{overflow-x:auto}.from-right{direction:rtl}.from-right>*{direction:ltr}
.plot{display:block;width:100%;height:auto;font:12.5px var(--sans)}
.volcano .plot{min-width:680px}.heat .plot{max-width:600px;min-width:320px}.bars .plot{max-width:640px}.line .plot{max-width:640px;min-width:420px}
.plot text{fill:var(--soft)}.plot text.name{fill:var(--soft);font-weight:600}
.grid{stroke:var(--hair)}.base{stroke:var(--line)}
.dots{fill:none;stroke:var(--dot);stroke-width:3.4;stroke-linecap:round;stroke-opacity:.5}
.dot{fill:var(--dot)}
.lit{fill:var(--block)}.halo{fill:var(--block);fill-opacity:.16}
line.threshold{stroke:var(--hold);stroke-dasharray:5 5}text.threshold{fill:var(--hold)!important}
.leader{stroke:var(--soft);fill:none;stroke-width:.9}
.trigger .word{fill:var(--ink);font-weight:700;font-size:14px}
.warm{fill:var(--block)}.calm{fill:var(--info)}
.plot text.count{fill:var(--ink)}.plot text.count.strong{fill:var(--card);font-weight:600}
.bar text{fill:var(--ink);font-size:13.5px}.bar text.value{fill:var(--soft)}
.bar .track{fill:var(--sunk)}.bar .fill{fill:var(--dot)}.bar.lit .fill{fill:var(--block)}.bar.lit text{font-weight:600}.bar.lit text.value{fill:var(--block)}
.series{fill:none;stroke:var(--dot);stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}.plot text.end{font-weight:600}
.series.s0{stroke:var(--block)}.series.s1{stroke:var(--info);stroke-dasharray:7 4}.series.s2{stroke:var(--pass);stroke-dasharray:2 5}.series.s3{stroke:var(--hold);stroke-dasharray:10 3 2 3}.series.s4{stroke:var(--chip)}.series.s5{stroke:var(--ink);stroke-dasharray:4 4}
.plot text.end.s0{fill:var(--block)}.plot text.end.s1{fill:var(--info)}.plot text.end.s2{fill:var(--pass)}.plot text.end.s3{fill:var(--hold)}.plot text.end.s4{fill:var(--chip)}.plot text.end.s5{fill:var(--ink)}
.words{font-size:13.5px;color:var(--soft);margin-top:6px}.words summary{cursor:pointer}
.gallery{display:grid;align-items:start;grid-template-columns:repeat(auto-fit,minmax(min(440px,100%),1fr));gap:20px}
.gallery figure{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:22px 26px;margin:0}

table{width:100%;border-collapse:collapse;font-size:14.5px;min-width:820px;overflow-wrap:normal}
.number,thead th,td:nth-child(5){white-space:nowrap}.why,.options{overflow-wrap:anywhere}
th,td{text-align:left;padding:10px 14px 10px 0;border-top:1px solid var(--line);vertical-align:top}
thead th{border-top:0;padding-top:0}
thead button{all:unset;cursor:pointer;font:inherit;letter-spacing:inherit;color:inherit}thead button:hover{color:var(--ink)}
[aria-sort=ascending] button::after{content:" ↑"}[aria-sort=descending] button::after{content:" ↓"}
tbody th{font:600 14.5px/1.6 var(--sans);letter-spacing:0;color:var(--ink);white-space:nowrap}
.number{text-align:right;padding-right:32px}
thead th:nth-child(3),thead th:nth-child(4){text-align:right;padding-right:32px}
.state{font-weight:600}.state.clean{color:var(--pass)}.state.found{color:var(--block)}.state.skipped{color:var(--hold)}.state.failed{color:var(--hold)}
.why{display:block;color:var(--soft);font-size:13.5px;max-width:22em}
.options code{color:var(--soft)}
footer{padding-top:20px;padding-bottom:56px;color:var(--soft);font-size:13.5px}footer p{max-width:60em;margin-bottom:6px}

.pill.block{--c:var(--block);--c-bg:var(--block-bg)}.pill.hold{--c:var(--hold);--c-bg:var(--hold-bg)}.pill.info{--c:var(--info);--c-bg:var(--info-bg)}.pill.clean{--c:var(--pass);--c-bg:var(--pass-bg)}
.files .file{background:var(--card);border:1px solid var(--line);border-width:1px 1px 0;padding:0 20px}
.files .file:first-child{border-radius:14px 14px 0 0}.files .file:last-child{border-radius:0 0 14px 14px;border-bottom-width:1px}.files .file:only-child{border-radius:14px}
.file summary,.files .bare{display:flex;flex-wrap:wrap;align-items:center;gap:4px 14px;padding-top:12px;padding-bottom:12px}.files .bare{padding-right:44px}
.file summary{cursor:pointer;list-style:none;position:relative;padding-right:24px}.file summary::-webkit-details-marker{display:none}
.file>details>summary::after{content:"";position:absolute;right:4px;top:20px;width:8px;height:8px;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(45deg)}
.file>details[open]>summary::after{transform:rotate(-135deg);top:24px}
.file .pill{min-width:62px;text-align:center}.file .name{font-weight:600;flex:1 1 auto;min-width:0}
.inside{padding:4px 0 26px}.inside figure{margin-top:26px}
.remedy::before{content:"→ ";color:var(--soft)}
.accusations{margin:10px 0 4px}.accusations li{position:relative;padding:4px 0 4px 20px;font-size:15px}
.accusations li::before{content:"";position:absolute;left:2px;top:13px;width:8px;height:8px;border-radius:50%;background:var(--hold)}.accusations li.block::before{background:var(--block)}
.accusations a{color:inherit;text-decoration-color:var(--line)}
.map{display:block;width:100%;height:34px;margin-top:14px}
.map .accused{fill:var(--block)}
.k0{fill:#7b93b5;background:#7b93b5}.k1{fill:#8fae8b;background:#8fae8b}.k2{fill:#c9a66b;background:#c9a66b}.k3{fill:#a58bb8;background:#a58bb8}.k4{fill:#79adb0;background:#79adb0}.k5{fill:#b98f86;background:#b98f86}.k-rest{fill:var(--dot);background:var(--dot)}.gap{fill:var(--block);background:var(--block)}
.legend{display:flex;flex-wrap:wrap;gap:2px 20px;margin-top:8px;font-size:13.5px}.legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:7px}
.members{border-left:1px solid var(--line);max-height:24em;overflow:auto;font-size:14.5px}
.members li{padding:3px 0 3px 14px;position:relative}.members li::before{content:"";position:absolute;left:0;top:14px;width:8px;border-top:1px solid var(--line)}
.members .d2{margin-left:22px}.members .d3{margin-left:44px}.members .d4{margin-left:66px}.members .d5{margin-left:88px}.members .d6{margin-left:110px}
.members .lit .name{color:var(--block)}.members .plain .name{font-weight:400}.unread{color:var(--block);font-size:.875em;font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(300px,100%),1fr));gap:0 32px;margin-top:20px;font-size:14px}
.facts div{display:grid;grid-template-columns:110px minmax(0,1fr);gap:10px;padding:5px 0;border-top:1px solid var(--hair)}.facts div:last-child{grid-column:1/-1}.facts dt{color:var(--soft)}
.tall{max-height:26em;overflow:auto;background:var(--sunk);border-radius:9px;padding:8px 0}
table.listing{min-width:0;font-size:13.5px}.listing td{border:0;padding:1px 14px 1px 0;white-space:pre-wrap}.listing .offset{text-align:right;color:var(--soft);font:12.5px/1.7 var(--mono);padding-left:14px;width:1%;white-space:nowrap}
.listing .lit td{background:var(--block-bg)}.listing .lit code{color:var(--block);font-weight:600}.listing .lit .offset::before{content:"▶ ";color:var(--block)}
.diff .added td{background:var(--pass-bg)}.diff .added code{color:var(--pass)}.diff .removed td{background:var(--block-bg)}.diff .removed code{color:var(--block)}
.source{font:13.5px/1.6 var(--mono);background:var(--sunk);border-radius:9px;padding:12px 16px;white-space:pre-wrap;max-height:26em;overflow:auto}
table.names{min-width:640px;font-size:14px}.names td{padding:5px 14px 5px 0}table.names th:nth-child(3){text-align:left}table.names .number,table.names th:nth-child(4){padding-right:22px}table.names td:nth-child(5){white-space:normal}.names td:nth-child(2){font-weight:600}
.names .denied td:nth-child(-n+2){color:var(--block)}.names .unknown td:nth-child(-n+2){color:var(--hold)}.names .review td:nth-child(-n+2){color:var(--info)}.names .allowed td:nth-child(2){color:var(--pass)}
.places{font-size:14px;color:var(--soft)}.places li{padding:2px 0}.places li:target{color:var(--ink);font-weight:600}

@media (max-width:820px){
.masthead,main,footer{padding-left:18px;padding-right:18px}.masthead{padding-top:18px;padding-bottom:18px}
.banner{padding:30px 22px 22px;border-radius:14px}.banner .word{font-size:60px}.banner h1{font-size:25px}.summary{font-size:16.5px}
.figures{grid-template-columns:repeat(2,auto);gap:14px 40px}.figures dd{font-size:25px}
.pinned{margin:22px -22px -22px;padding:12px 22px}
.coverage{grid-template-columns:1fr;gap:32px;padding:0}
.card,.card.info,.card.waived{padding:18px 18px 20px}.said{font-size:17px}.body,.advice{grid-template-columns:1fr;gap:24px}.advice,.card.info .advice,.card.waived .advice{margin:20px -18px -20px;padding:18px}
.files .file{padding:0 14px}.file summary{gap:2px 10px}.file .name{flex-basis:60%}.members .d3,.members .d4,.members .d5,.members .d6{margin-left:32px}.facts div{grid-template-columns:88px minmax(0,1fr)}
.anchor{flex-basis:100%}main>section{margin-bottom:40px}h2{font-size:23px}}
@media print{
:root{--paper:#fff;--card:#fff}body{font-size:11pt}.masthead,main,footer{max-width:none;padding-left:0;padding-right:0}
.card,.banner{break-inside:auto;box-shadow:none}.row,figure,tr{break-inside:avoid}h2,h4,.head{break-after:avoid}
.skip,.words{display:none}.scroll{overflow:visible}.volcano .plot,table{min-width:0}
details::details-content{content-visibility:visible;display:block;height:auto}}
`
