import { type WorkflowDocument, wiresOf } from "../document/index.js";
import type { NodeRegistry } from "../nodes/index.js";
import type { RunReport } from "./run-report.js";

type Reading = number | string | boolean;

/** The nodes whose results a person runs the workflow for: those that save, else the last ones. */
export function resultNodes(document: WorkflowDocument, registry: NodeRegistry): readonly string[] {
  const active = Object.entries(document.nodes).filter(([, node]) => node.mode !== "muted");
  const saving = active.filter(([, { type }]) => savesFiles(registry, type));
  if (saving.length > 0) return saving.map(([id]) => id);
  const read = new Set(
    active.flatMap(([, node]) =>
      Object.values(node.inputs ?? {}).flatMap((wired) => wiresOf(wired).map(([id]) => id)),
    ),
  );
  return active.flatMap(([id]) => (read.has(id) ? [] : [id]));
}

function savesFiles(registry: NodeRegistry, type: string): boolean {
  const definition = registry[type];
  return definition?.run !== undefined && definition.sideEffect === true;
}

/** Nodes that save give the paths that they wrote as the text output `path`, one a line. */
export function writtenPaths(report: RunReport): readonly string[] {
  return Object.values(report.values).flatMap((items) =>
    items.flatMap(({ outputs }) => {
      const path = outputs.path;
      return typeof path === "string" ? path.split("\n") : [];
    }),
  );
}

/** Numbers, texts and measurements among the results, by `node.output`; no paths. */
export function readingsOf(report: RunReport): Readonly<Record<string, Reading>> {
  const readings: Record<string, Reading> = {};
  for (const [node, items] of Object.entries(report.values)) {
    for (const { outputs } of items) {
      for (const [output, value] of Object.entries(outputs)) {
        if (output !== "path") Object.assign(readings, flatReadings(`${node}.${output}`, value));
      }
    }
  }
  return readings;
}

function flatReadings(name: string, value: unknown): Readonly<Record<string, Reading>> {
  if (isReading(value)) return { [name]: value };
  if (typeof value !== "object" || value === null) return {};
  const measured = Object.entries(value);
  if (!measured.every((pair): pair is [string, number] => typeof pair[1] === "number")) return {};
  return Object.fromEntries(measured.map(([part, number]) => [`${name}.${part}`, number]));
}

function isReading(value: unknown): value is Reading {
  return ["number", "string", "boolean"].includes(typeof value);
}
