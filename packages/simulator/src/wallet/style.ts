/** The wallet page's style. */
export const style = `
:root { color-scheme: light dark; --brand: #1677ff; --card: #fff; --ground: #f2f4f8; --text: #1c1f26; --quiet: #667085; --alarm: #cf1322; }
@media (prefers-color-scheme: dark) {
  :root { --brand: #1668dc; --card: #1e2229; --ground: #101318; --text: #eceff4; --quiet: #98a2b3;
    --alarm: #ff7875; }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
}
header { background: var(--brand); color: #fff; }
header > div, main { max-width: 26rem; margin: 0 auto; padding: 1rem; }
header > div { display: flex; justify-content: space-between; align-items: center; }
h1 { font-size: 1.1rem; margin: 0; }
h3 { font-size: .9rem; margin: 1rem 0 .25rem; }
h2 { font-size: 1rem; margin: 0 0 .25rem; }
section { background: var(--card); border-radius: 1rem; padding: 1rem; margin-bottom: 1rem; }
p { margin: 0 0 .75rem; color: var(--quiet); font-size: .875rem; }
.drawing { background: #fff; padding: 1rem; border-radius: .5rem; text-align: center; }
.drawing svg { display: block; margin: 0 auto; width: 100%; height: 5rem; }
.drawing .qr svg { width: 9rem; height: 9rem; margin-top: 1rem; }
.digits { display: block; margin: .75rem 0; text-align: center; font: 600 1.15rem ui-monospace, monospace; }
.row { display: flex; gap: .5rem; align-items: center; margin-top: .75rem; }
.row > * { flex: 1; min-width: 0; }
label { font-size: .875rem; color: var(--quiet); }
select, textarea, button {
  font: inherit; color: inherit; width: 100%; padding: .6rem .75rem; border-radius: .6rem;
  border: 1px solid #8884; background: transparent;
}
select option { color: #1c1f26; }
textarea { resize: vertical; min-height: 4rem; }
button { cursor: pointer; font-weight: 600; }
button.main { background: var(--brand); border-color: var(--brand); color: #fff; }
header button { width: auto; border-color: #fff8; padding: .25rem .75rem; }
button:focus-visible, select:focus-visible, textarea:focus-visible { outline: 3px solid #faad14; outline-offset: 1px; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .75rem 0; border-top: 1px solid #8883; }
li:first-child { border-top: 0; }
.line { display: flex; justify-content: space-between; gap: 1rem; overflow-wrap: anywhere; }
.line strong { white-space: nowrap; }
.quiet { color: var(--quiet); font-size: .875rem; }
#message:empty { display: none; }
#message { color: var(--alarm); font-weight: 600; }
`
