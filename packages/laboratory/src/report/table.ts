import type { Column } from "../measure/index.js";
import type { Cell, GroupSummary, RowCost, RowSummary, Verdict } from "../statistics/index.js";
import { escapeHtml } from "./escape.js";
import { fixed, signed, withPrefix } from "./numbers.js";

const signs: Readonly<Record<Verdict, string>> = {
  better: "▲ better",
  worse: "▼ worse",
  level: "≈ level",
  open: "",
  first: "",
};

/** A group's table: means with intervals, a mark against the first row, and what rows cost. */
export function tableOf(group: GroupSummary, columns: readonly Column[]): string {
  const head = columns.map(
    ({ title, unit, better }) =>
      `<th>${escapeHtml(title)}${unit === "" ? "" : ` <small>${unit}</small>`}` +
      ` <small>${better === "higher" ? "↑" : "↓"}</small></th>`,
  );
  const costs = ["Time <small>s</small>", "Evaluations", "MACs", "Parameters"];
  return [
    `<table><caption>${escapeHtml(group.name)}</caption><thead><tr><th>Row</th><th>n</th>`,
    head.join(""),
    costs.map((title) => `<th>${title}</th>`).join(""),
    "</tr></thead><tbody>",
    group.rows.map((row) => rowOf(row, columns)).join(""),
    "</tbody></table>",
  ].join("");
}

function rowOf({ row, items, cells, cost }: RowSummary, columns: readonly Column[]): string {
  const measured = columns.map((column) => cellOf(cells[column.key], column)).join("");
  const paid = costCells(cost, items);
  return `<tr><th scope="row">${escapeHtml(row)}</th><td>${items}</td>${measured}${paid}</tr>`;
}

function cellOf(cell: Cell | undefined, { digits }: Column): string {
  if (cell === undefined) return "<td>–</td>";
  const { estimate, difference, verdict } = cell;
  const range = `${fixed(estimate.low, digits)} to ${fixed(estimate.high, digits)}`;
  const compared =
    difference === undefined
      ? ""
      : `<br><small>${signs[verdict]} ${signed(difference.mean, digits)}</small>`;
  return (
    `<td class="${verdict}"><b>${fixed(estimate.mean, digits)}</b>` +
    `<br><small>${range}</small>${compared}</td>`
  );
}

function costCells(cost: RowCost | undefined, items: number): string {
  if (cost === undefined) return "<td>–</td>".repeat(4);
  const known = cost.items === items ? "" : `<br><small>of ${cost.items}</small>`;
  const macs = `${cost.complete ? "" : "≥ "}${withPrefix(cost.macs)}`;
  return [
    `${cost.medianSeconds.toFixed(2)}${known}`,
    cost.evaluations.toFixed(cost.evaluations % 1 === 0 ? 0 : 1),
    macs,
    withPrefix(cost.parameters),
  ]
    .map((text) => `<td>${text}</td>`)
    .join("");
}
