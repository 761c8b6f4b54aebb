/** The style of an exported page: light and dark by the reader's own setting, black on white in print. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fdfcfa; --quiet: #5f5f66; --line: #d9d6cf; --mark: #ffe9a8;
  --critical: #a3161b; --high: #8f4a00; --medium: #0b5d78; --good: #1d6b35; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececee; --paper: #17171a; --quiet: #a5a5ad; --line: #3a3a40;
  --mark: #574510; --critical: #ff8a85; --high: #ffb861; --medium: #7cd0ec; --good: #86d99b; } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #444; --line: #bbb; --mark: #eee;
  --critical: #000; --high: #000; --medium: #000; --good: #000; } body { font-size: 10.5pt; max-width: none; }
  article, .said { break-inside: avoid; } h2, h3 { break-after: avoid; } mark { text-decoration: underline; } }
* { box-sizing: border-box; }
body { font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 46rem;
  margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; margin: 0; }
p { margin: .35rem 0; } ul { padding-left: 1.2rem; } .quiet { color: var(--quiet); font-weight: normal; }
time { font-variant-numeric: tabular-nums; color: var(--quiet); font-weight: normal; margin-right: .4rem; }
.verdict { border-left: .3rem solid var(--line); padding-left: 1rem; } .verdict h2 { margin-top: 1.4rem; }
.leave { border-color: var(--critical); } .ask { border-color: var(--high); } .note { border-color: var(--medium); }
.clear { border-color: var(--good); }
article { border-left: .2rem solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 1rem 0; }
.critical { border-color: var(--critical); } .high { border-color: var(--high); } .medium { border-color: var(--medium); }
blockquote { margin: .4rem 0; font-style: italic; } mark { background: var(--mark); color: inherit; }
.said { margin: .8rem 0; } .who { color: var(--quiet); font-size: .9rem; margin: 0; } .candidate { margin-left: 2rem; }
.flag { font-size: .8rem; border: 1px solid var(--line); border-radius: .3rem; padding: 0 .35rem; white-space: nowrap; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); }
`;
