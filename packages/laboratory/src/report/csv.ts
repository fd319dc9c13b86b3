import type { Column } from "../measure/index.js";
import type { ResultItem } from "../run/index.js";

const costs = ["milliseconds", "evaluations", "macs", "parameters"] as const;

/** One line an item, RFC 4180; what is not known is empty. */
export function resultsCsv(items: readonly ResultItem[], columns: readonly Column[]): string {
  const head = ["row", "set", "picture", "degradation", "seed", ...columns.map(({ key }) => key)];
  const lines = items.map((item) => [
    item.row,
    item.set,
    item.picture,
    item.degradation,
    item.seed,
    ...columns.map(({ key }) => item.values[key]),
    ...costs.map((cost) => item.cost?.[cost]),
  ]);
  return [[...head, ...costs], ...lines].map((line) => `${line.map(field).join(",")}\r\n`).join("");
}

function field(value: string | number | undefined): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
