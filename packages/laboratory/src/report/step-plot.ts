import type { StepCurve } from "../statistics/index.js";
import { escapeHtml } from "./escape.js";
import { fixed } from "./numbers.js";

const size = { width: 340, height: 230, left: 40, bottom: 30, top: 10, right: 10 };

/** The SNR of estimates against the part of the steps that was taken, one line a row. */
export function stepPlot(curves: readonly StepCurve[], rows: readonly string[]): string {
  const values = curves.flatMap(({ points }) => points);
  const [first] = curves;
  if (first === undefined || values.length === 0) return "";
  const lowest = Math.min(...values);
  const span = Math.max(...values) - lowest || 1;
  const x = (part: number) => size.left + part * (size.width - size.left - size.right);
  const y = (value: number) =>
    size.height - size.bottom - ((value - lowest) / span) * (size.height - size.bottom - size.top);
  const lines = curves.map(({ row, points }) => {
    const places = points.map(
      (value, step) => `${x((step + 1) / (points.length + 1)).toFixed(1)},${y(value).toFixed(1)}`,
    );
    const colour = rowColour(rows.indexOf(row));
    const dots = places.map((place) => {
      const [cx, cy] = place.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="2.5" fill="${colour}"/>`;
    });
    const line = `<polyline points="${places.join(" ")}" fill="none" stroke="${colour}"/>`;
    return `<g><title>${escapeHtml(row)}</title>${line}${dots.join("")}</g>`;
  });
  const base = size.height - size.bottom;
  const title = `${first.patches} patches, ${first.band} band`;
  return (
    `<figure><svg viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" role="img">` +
    `<title>${escapeHtml(title)}</title>` +
    `<path class="axis" d="M${size.left} ${size.top}V${base}H${size.width - size.right}"/>` +
    `<text x="${size.left - 4}" y="${size.top + 8}" text-anchor="end">${fixed(lowest + span, 0)}</text>` +
    `<text x="${size.left - 4}" y="${base}" text-anchor="end">${fixed(lowest, 0)}</text>` +
    `<text x="${size.left}" y="${base + 16}">start</text>` +
    `<text x="${size.width - size.right}" y="${base + 16}" text-anchor="end">end</text>` +
    `${lines.join("")}</svg><figcaption>${escapeHtml(title)}: SNR in dB over the steps</figcaption></figure>`
  );
}

/** Which colour belongs to which row. */
export function stepLegend(rows: readonly string[]): string {
  const entries = rows.map(
    (row, index) =>
      `<li><span style="background:${rowColour(index)}"></span>${escapeHtml(row)}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

/** Hues as far apart as the golden angle puts them. */
function rowColour(index: number): string {
  return `hsl(${Math.round(210 + index * 137.5) % 360} 65% 45%)`;
}
