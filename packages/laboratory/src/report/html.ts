import { describeError } from "@diopter/engine";
import { leastPictures } from "../statistics/index.js";
import type { ReportContent } from "./content.js";
import { cropsOf } from "./crops.js";
import { escapeHtml } from "./escape.js";
import { intervalPlot } from "./interval-plot.js";
import { stepLegend, stepPlot } from "./step-plot.js";
import { style } from "./style.js";
import { tableOf } from "./table.js";

/** The whole report as one HTML file that refers to nothing outside itself and runs no script. */
export function reportHtml(content: ReportContent): string {
  const { plan } = content;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(plan.name)}</title><style>${style}</style></head><body>`,
    `<h1>${escapeHtml(plan.name)}</h1>`,
    paragraph(plan.source),
    paragraph(plan.description),
    aboutOf(content),
    `<div class="scroll">${content.groups.map((group) => tableOf(group, content.columns)).join("")}</div>`,
    plotsOf(content),
    stepsOf(content),
    section("Crops", content.evaluation.crops.map((set) => cropsOf(set, content.images)).join("")),
    failuresOf(content),
    "</body></html>\n",
  ].join("\n");
}

function paragraph(text: string): string {
  return text === "" ? "" : `<p>${escapeHtml(text)}</p>`;
}

function section(title: string, body: string): string {
  return body === "" ? "" : `<section><h2>${title}</h2>${body}</section>`;
}

function aboutOf({ plan, evaluation, device, version, notes }: ReportContent): string {
  const pictures = new Set(evaluation.items.map(({ set, picture }) => `${set}/${picture}`)).size;
  const degradations = plan.degradations
    .map(({ name, preset, scale, seed }) => `${name} (${preset}, ×${scale}, seed ${seed})`)
    .join("; ");
  const facts = [
    `${pictures} pictures, degraded: ${degradations}; seeds of the noise: ${plan.seeds.join(", ")}.`,
    `Means over pictures with bootstrap 95 % intervals. ▲ and ▼: the interval of the paired ` +
      `differences to "${evaluation.rows[0] ?? ""}" lies on one side of 0; with fewer than ` +
      `${leastPictures} pictures there is no such mark.`,
    "Time is the median over pictures of the nodes that depend on the picture, one after the other, " +
      "as they took when they really ran. Evaluations, MACs and parameters are counted from the " +
      "graphs that ran; MACs are those of convolutions and matrix products.",
    `Measured with Diopter ${version} on ${device}.`,
    ...(evaluation.cancelled ? ["The evaluation was cancelled: rows may lack pictures."] : []),
    ...notes,
  ];
  return `<ul>${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join("")}</ul>`;
}

function plotsOf({ groups: [group], columns }: ReportContent): string {
  if (group === undefined) return "";
  const plots = columns.map((column) => intervalPlot(group, column)).join("");
  return section("Means and intervals", plots === "" ? "" : `<div class="plots">${plots}</div>`);
}

function stepsOf({ curves, evaluation: { rows } }: ReportContent): string {
  if (curves.length === 0) return "";
  const kinds = [...new Set(curves.map(({ patches, band }) => `${patches} ${band}`))];
  const plots = kinds.map((kind) =>
    stepPlot(
      curves.filter(({ patches, band }) => `${patches} ${band}` === kind),
      rows,
    ),
  );
  return section(
    "What each step holds the result to be",
    `<p>Signal-to-noise ratio of each step's decoded estimate against the final result.</p>` +
      `${stepLegend(rows)}<div class="plots">${plots.join("")}</div>`,
  );
}

function failuresOf({ evaluation: { failures } }: ReportContent): string {
  const entries = failures.map(
    ({ row, picture, error }) =>
      `<li>${escapeHtml(`${picture}, ${row}: ${describeError(error)}`)}</li>`,
  );
  return section("What failed", entries.length === 0 ? "" : `<ul>${entries.join("")}</ul>`);
}
