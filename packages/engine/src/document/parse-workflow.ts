import { DiopterError } from "../errors/index.js";
import type { NodeRegistry } from "../nodes/registry.js";
import { type MigrationListener, migrateDocument, type RawDocument } from "./migrate-document.js";
import { migrateNodes } from "./migrate-nodes.js";
import { jsonPointer } from "./pointer.js";
import { combineProblems, structureProblem } from "./problems.js";
import { scanJson } from "./scan-json.js";
import { workflowSchema } from "./schema.js";
import type { WorkflowDocument } from "./types.js";

/** How large a document may be. */
export interface WorkflowLimits {
  /** Characters of the text. */
  readonly characters: number;
  readonly nodes: number;
  /** Nesting of the JSON. */
  readonly depth: number;
}

export const defaultLimits: WorkflowLimits = {
  characters: 32 * 1024 * 1024,
  nodes: 100_000,
  depth: 64,
};

/**
 * A document from its text: read, migrated to the current versions, and checked for structure.
 * Nodes of unknown types are kept as they are, and wires may dangle, so that unfinished work can be
 * opened: whether it can run is for `checkWorkflow` to say.
 * @throws DiopterError `document/not-json`, `document/too-large`, `document/newer-version` or
 * `document/invalid`: the first problem, with its place, and the number of others.
 */
export function parseWorkflow(
  text: string,
  registry: NodeRegistry,
  limits: WorkflowLimits = defaultLimits,
  onMigration?: MigrationListener,
): WorkflowDocument {
  if (text.length > limits.characters) {
    throw tooLarge(`${text.length} characters`, `${limits.characters} characters`);
  }
  return readWorkflow(readJson(text, limits.depth), registry, limits, onMigration);
}

/**
 * A document from plain data that came out of JSON, such as a message: like {@link parseWorkflow},
 * but for what only the text shows. Nesting is for the reader of the JSON to bound.
 * @throws DiopterError likewise.
 */
export function readWorkflow(
  data: unknown,
  registry: NodeRegistry,
  limits: Pick<WorkflowLimits, "nodes"> = defaultLimits,
  onMigration?: MigrationListener,
): WorkflowDocument {
  const raw = migrateDocument(requireRecord(data), onMigration);
  const parsed = workflowSchema.safeParse(raw);
  if (!parsed.success) {
    const problem = combineProblems(parsed.error.issues.map(structureProblem));
    throw problem ?? parsed.error;
  }
  const count = Object.keys(parsed.data.nodes).length;
  if (count > limits.nodes) throw tooLarge(`${count} nodes`, `${limits.nodes} nodes`);
  return migrateNodes(parsed.data, registry, onMigration);
}

function readJson(text: string, maxDepth: number): RawDocument {
  const document = parseJson(text);
  const fault = scanJson(text, maxDepth);
  if (fault?.kind === "too-deep") {
    throw tooLarge(`more than ${maxDepth} levels of nesting`, `${maxDepth} levels`);
  }
  if (fault !== undefined) {
    const twice = fault.kind === "duplicate-key";
    throw new DiopterError("document/invalid", {
      message: twice
        ? `The name "${fault.key}" stands twice in one place.`
        : `"${fault.key}" cannot be used as a name.`,
      remedy: twice ? "Rename one of the two, or remove it." : "Choose another name.",
      path: jsonPointer(fault.path),
    });
  }
  return requireRecord(document);
}

function requireRecord(document: unknown): RawDocument {
  if (isRecord(document)) return document;
  throw new DiopterError("document/invalid", {
    message: "The file holds JSON, and no workflow.",
    remedy: 'A workflow is an object with "diopter", "name" and "nodes".',
    path: "",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const place = placeOfSyntaxError(text, cause);
    throw new DiopterError("document/not-json", {
      message: `The file is not JSON${place}.`,
      remedy: "Look for a missing or surplus comma, quote or bracket there.",
      cause,
    });
  }
}

/** Engines say the position, or quote the surroundings, or mean the end. */
function placeOfSyntaxError(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : "";
  const surroundings = /, (.+) is not valid JSON/s.exec(message)?.[1];
  if (surroundings !== undefined) return `: see near ${surroundings.replaceAll("\n", " ")}`;
  const position = /at position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const lines = before.split("\n");
  return `: see line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

function isRecord(value: unknown): value is RawDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tooLarge(found: string, allowed: string): DiopterError {
  return new DiopterError("document/too-large", {
    message: `The workflow has ${found}.`,
    remedy: `At most ${allowed} are read: split it into several workflows.`,
  });
}
