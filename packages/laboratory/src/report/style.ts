/** The report's only style sheet; colours follow the reader's light or dark setting. */
export const style = `
:root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #c2410c; }
@media (prefers-color-scheme: dark) { :root { --good: #4ac26b; --bad: #fb923c; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1500px; padding: 0 1rem; }
h1 { margin-bottom: 0; }
small { opacity: 0.75; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0 2rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.7rem; text-align: right; vertical-align: top; white-space: nowrap; }
th:first-child { text-align: left; }
td.better small:last-child { color: var(--good); opacity: 1; }
td.worse small:last-child { color: var(--bad); opacity: 1; }
.plots, .crops { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; }
figcaption { font-size: 0.85rem; }
svg { max-width: 100%; height: auto; font-size: 12px; }
svg text { fill: currentColor; }
svg line { stroke: currentColor; stroke-width: 2; opacity: 0.5; }
svg circle { fill: currentColor; }
svg .axis { fill: none; stroke: currentColor; opacity: 0.5; }
svg .better circle { fill: var(--good); }
svg .worse circle { fill: var(--bad); }
.crops img { image-rendering: pixelated; display: block; }
.crops figcaption { max-width: 192px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; padding: 0; }
.legend span { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; }
`;
