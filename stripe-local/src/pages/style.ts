/** The look of the hosted pages: one stylesheet, light and dark, from a telephone to a wide screen. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0f1217);
  --card: light-dark(#ffffff, #181c23);
  --ink: light-dark(#16181d, #eef0f4);
  --soft: light-dark(#5a6270, #a5adba);
  --line: light-dark(#dfe3e8, #2d343f);
  --field: light-dark(#ffffff, #10141a);
  --field-line: light-dark(#8b93a1, #6b7482);
  --accent: light-dark(#4338ca, #a5b4fc);
  --accent-ink: light-dark(#ffffff, #14143a);
  --bad: light-dark(#b42318, #fda29b);
  --bad-page: light-dark(#fef3f2, #3a1613);
  --good: light-dark(#05603a, #6ce9a6);
  --good-page: light-dark(#ecfdf3, #0b2e1f);
  --warn: light-dark(#7a4100, #fec84b);
  --warn-page: light-dark(#fffaeb, #35260b);
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 3px; }
h1, h2, h3, p, dl, dd, ul { margin: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 1.0625rem; line-height: 1.4; }
.top { border-bottom: 1px solid var(--line); background: var(--card); }
.top > div, main, footer { max-width: 68rem; margin: 0 auto; padding-inline: 1.25rem; }
.top > div { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; min-height: 3.75rem; padding-block: 0.75rem; }
.top strong { font-size: 1.0625rem; }
.test { font-size: 0.75rem; font-weight: 600; letter-spacing: 0.04em; text-transform: uppercase; padding: 0.125rem 0.5rem;
  border-radius: 0.375rem; color: var(--warn); background: var(--warn-page); }
.back { margin-left: auto; font-size: 0.9375rem; }
main { padding-block: 2rem 3rem; display: grid; gap: 1.5rem; }
main.two { grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); gap: 2rem 3rem; align-items: start; }
main.narrow { max-width: 34rem; }
footer { padding-block: 0 2rem; color: var(--soft); font-size: 0.8125rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.5rem; display: grid; gap: 1rem; }
.stack { display: grid; gap: 0.5rem; }
.soft { color: var(--soft); }
.small { font-size: 0.875rem; }
.big { font-size: 2.25rem; font-weight: 650; line-height: 1.15; letter-spacing: -0.02em; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.5rem 1rem; align-items: baseline; }
.facts .row { grid-template-columns: auto minmax(0, 1fr); }
.row > :last-child { font-variant-numeric: tabular-nums; text-align: right; }
.rows { display: grid; gap: 0.75rem; }
.total { border-top: 1px solid var(--line); padding-top: 0.75rem; font-weight: 600; }
.item { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: center; justify-content: space-between;
  border-top: 1px solid var(--line); padding-top: 1rem; }
.item:first-of-type { border-top: 0; padding-top: 0; }
.item > div:first-child { flex: 1 1 14rem; min-width: 0; }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
form { display: grid; gap: 1rem; margin: 0; }
.actions form { display: contents; }
label { display: grid; gap: 0.3125rem; font-size: 0.875rem; font-weight: 550; }
input:not([type="radio"], [type="checkbox"]) {
  font: inherit; font-size: 1rem; font-weight: 400; width: 100%; min-height: 2.875rem; padding: 0.5rem 0.75rem; color: var(--ink);
  background: var(--field); border: 1px solid var(--field-line); border-radius: 0.5rem;
}
input[aria-invalid="true"] { border-color: var(--bad); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 0.5rem; min-width: 0; }
legend { padding: 0; font-size: 0.875rem; font-weight: 550; margin-bottom: 0.375rem; }
.choice { display: flex; gap: 0.625rem; align-items: center; font-weight: 400; font-size: 1rem; min-height: 2.75rem;
  padding: 0.375rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; }
.choice input { accent-color: var(--accent); width: 1.125rem; height: 1.125rem; margin: 0; flex: none; }
button, .button {
  font: inherit; font-weight: 600; min-height: 2.875rem; padding: 0.5rem 1.125rem; border-radius: 0.5rem; cursor: pointer;
  border: 1px solid transparent; background: var(--accent); color: var(--accent-ink); text-decoration: none;
  display: inline-flex; align-items: center; justify-content: center; text-align: center;
}
button:hover, .button:hover { filter: brightness(1.08); }
.plain { background: transparent; color: var(--ink); border-color: var(--field-line); font-weight: 550; }
.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
.actions > button, .actions > .button, .actions form > button { min-height: 2.75rem; font-size: 0.9375rem; }
.note { padding: 0.75rem 1rem; border-radius: 0.5rem; font-size: 0.9375rem; }
.note.bad { color: var(--bad); background: var(--bad-page); }
.note.good { color: var(--good); background: var(--good-page); }
.note.warn { color: var(--warn); background: var(--warn-page); }
.badge { display: inline-block; font-size: 0.8125rem; font-weight: 600; padding: 0.0625rem 0.5rem; border-radius: 1rem;
  color: var(--soft); background: var(--page); border: 1px solid var(--line); }
.badge.good { color: var(--good); background: var(--good-page); border-color: transparent; }
.badge.bad { color: var(--bad); background: var(--bad-page); border-color: transparent; }
.badge.warn { color: var(--warn); background: var(--warn-page); border-color: transparent; }
.other { display: grid; gap: 1rem; }
form:has(.other):not(:has([value="new"]:checked)) .other { display: none; }
summary { cursor: pointer; font-size: 0.875rem; color: var(--soft); padding-block: 0.375rem; }
details dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.375rem 0.875rem; font-size: 0.875rem; padding-top: 0.5rem; }
details dt { font-variant-numeric: tabular-nums; white-space: nowrap; }
details dd { color: var(--soft); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th { text-align: left; font-size: 0.8125rem; font-weight: 600; color: var(--soft); }
th, td { padding: 0.625rem 0.75rem 0.625rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.amount, th.amount { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; white-space: nowrap; }
td, .badge { overflow-wrap: normal; }
.badge { white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
@media (max-width: 56rem) {
  main.two { grid-template-columns: minmax(0, 1fr); }
  .big { font-size: 1.875rem; }
}
@media (max-width: 30rem) {
  main { padding-block: 1.25rem 2rem; }
  .card { padding: 1.125rem; }
  .wide { width: 100%; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.25rem 1rem; padding-block: 0.75rem; border-bottom: 1px solid var(--line); }
  tbody tr:last-child { border-bottom: 0; }
  tbody td { border: 0; padding: 0; }
  tbody td:nth-child(odd) { grid-column: 1; } tbody td:nth-child(even) { grid-column: 2; justify-self: end; }
  tbody td.amount { grid-column: 2; grid-row: 2; } tbody td:nth-child(3) { grid-column: 1; grid-row: 2; }
  .back { margin-left: 0; flex-basis: 100%; }
}
@media print { .top, footer, form, .no-print { display: none; } body { background: none; } .card { border: 0; padding: 0; } }
`;
