import type { Column } from "../measure/index.js";
import type { GroupSummary } from "../statistics/index.js";
import { escapeHtml } from "./escape.js";
import { fixed } from "./numbers.js";

const size = { width: 560, names: 210, line: 22, margin: 30 };

/** Means as dots and their intervals as lines, one row below the other, as inline SVG. */
export function intervalPlot(group: GroupSummary, column: Column): string {
  const rows = group.rows.flatMap(({ row, cells }) => {
    const cell = cells[column.key];
    return cell === undefined ? [] : [{ row, cell }];
  });
  if (rows.length === 0) return "";
  const lowest = Math.min(...rows.map(({ cell }) => cell.estimate.low));
  const highest = Math.max(...rows.map(({ cell }) => cell.estimate.high));
  const span = highest - lowest || Math.abs(highest) || 1;
  const room = size.width - size.names - 20;
  const place = (value: number) => size.names + 10 + ((value - lowest) / span) * room;
  const height = rows.length * size.line + size.margin;
  const lines = rows.map(({ row, cell: { estimate, verdict } }, index) => {
    const y = index * size.line + 14;
    const [low, mean, high] = [estimate.low, estimate.mean, estimate.high].map(place);
    return (
      `<text x="${size.names}" y="${y + 4}" text-anchor="end">${escapeHtml(shortened(row))}</text>` +
      `<g class="${verdict}"><line x1="${low?.toFixed(1)}" x2="${high?.toFixed(1)}" y1="${y}" y2="${y}"/>` +
      `<circle cx="${mean?.toFixed(1)}" cy="${y}" r="4"/></g>`
    );
  });
  const axis = rows.length * size.line + 20;
  const title = `${column.title}${column.unit === "" ? "" : `, ${column.unit}`}`;
  return (
    `<figure><svg viewBox="0 0 ${size.width} ${height}" width="${size.width}" role="img">` +
    `<title>${escapeHtml(title)}</title>${lines.join("")}` +
    `<text x="${place(lowest)}" y="${axis}">${fixed(lowest, column.digits)}</text>` +
    `<text x="${place(lowest + span)}" y="${axis}" text-anchor="end">` +
    `${fixed(lowest + span, column.digits)}</text></svg>` +
    `<figcaption>${escapeHtml(title)}, ${column.better} is better</figcaption></figure>`
  );
}

function shortened(text: string): string {
  return text.length <= 32 ? text : `${text.slice(0, 31)}…`;
}
