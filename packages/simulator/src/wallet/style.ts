/** The wallet page's style. */
export const style = `
:root {
  color-scheme: light dark; --brand: #1769e0; --deep: #0d4fb4; --card: #fff; --ground: #eef2f8; --text: #131a29;
  --quiet: #556176; --line: #dbe1ec; --field: #f5f7fb; --alarm: #b4232a; --good: #0b7a4b; --wait: #8a4b00;
  --ask: #fff4e0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --brand: #2b6be0; --deep: #173f8a; --card: #171d29; --ground: #0c111b; --text: #eef2f9; --quiet: #a3afc4;
    --line: #2b3548; --field: #101622; --alarm: #ff8f8f; --good: #57d6a0; --wait: #ffbf69; --ask: #33260f;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; min-height: 100vh; color: var(--text);
  background: linear-gradient(var(--deep), var(--brand) 12rem, transparent 12rem), var(--ground);
  font: 17px/1.45 system-ui, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
header { color: #fff; }
header > div, main { max-width: 27rem; margin: 0 auto; padding: .75rem 1rem; }
header > div { display: flex; justify-content: space-between; align-items: center; padding-bottom: 0; }
h1 { margin: 0; font-size: 1.25rem; letter-spacing: .04em; }
h2 { margin: 0; font-size: 1.15rem; }
h3 { margin: .75rem 0 0; color: var(--quiet); font-size: .95rem; font-weight: 500; }
section {
  margin-bottom: 1rem; padding: 1.1rem; border-radius: 18px; background: var(--card);
  box-shadow: 0 1px 2px rgb(19 26 41 / 6%), 0 8px 24px rgb(19 26 41 / 6%);
}
.asked { border: 2px solid var(--wait); background: var(--ask); }
.asked h2 { color: var(--wait); }
.asked strong { font-size: 1.6rem; }
p { margin: .15rem 0 .75rem; color: var(--quiet); font-size: .95rem; }
.drawing { padding: 1rem; border: 1px solid var(--line); border-radius: 14px; background: #fff; text-align: center; }
.drawing svg { display: block; width: 100%; height: 5.5rem; margin: 0 auto; }
.drawing .qr svg { width: 10rem; height: 10rem; margin-top: 1.25rem; }
.digits {
  display: block; margin: .9rem 0; text-align: center; font-size: 1.3rem; font-weight: 650;
  font-variant-numeric: tabular-nums; letter-spacing: .04em;
}
.now { display: block; font-size: 1.15rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.row { display: flex; gap: .6rem; align-items: stretch; margin-top: .9rem; }
.row > * { flex: 1; min-width: 0; }
.field { display: block; margin-top: .75rem; color: var(--quiet); font-size: .95rem; }
.field > :last-child { display: block; margin-top: .3rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .6rem; }
.wide { grid-column: 1 / -1; }
select, textarea, button {
  width: 100%; min-height: 48px; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 12px;
  background: var(--field); color: var(--text); font: inherit; font-size: 17px;
}
textarea { display: block; resize: vertical; }
button { background: var(--card); cursor: pointer; font-weight: 600; }
button.main { border-color: var(--brand); background: var(--brand); color: #fff; }
button:active { transform: translateY(1px); }
header button { width: auto; min-height: 44px; border-color: #fff8; background: transparent; color: #fff; }
:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .85rem 0; border-top: 1px solid var(--line); }
li:first-child { border-top: 0; }
li:last-child { padding-bottom: 0; }
li > button { margin-top: .6rem; }
.line { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; overflow-wrap: anywhere; }
.line strong { font-variant-numeric: tabular-nums; white-space: nowrap; }
.quiet { color: var(--quiet); font-size: .95rem; font-variant-numeric: tabular-nums; }
.state { font-weight: 600; }
.TRADE_SUCCESS, .TRADE_FINISHED, .well { color: var(--good); }
.WAIT_BUYER_PAY { color: var(--wait); }
.well { margin: .9rem 0 0; font-weight: 600; }
.alarming { color: var(--alarm); font-weight: 600; }
#message:empty { display: none; }
#message { padding: .9rem 1rem; border-radius: 14px; background: var(--card); color: var(--alarm); font-weight: 600; }
`
