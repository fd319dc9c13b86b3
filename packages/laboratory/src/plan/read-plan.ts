import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DiopterError } from "@diopter/engine";
import { type Plan, planSchema } from "./plan.js";

/** A plan and the folder that its paths start from. */
export interface OpenedPlan {
  readonly path: string;
  readonly folder: string;
  readonly plan: Plan;
}

/**
 * Reads a plan file.
 * @throws DiopterError `file/not-found`, `file/unreadable`, and what {@link parsePlan} throws.
 */
export async function openPlan(path: string, directory: string): Promise<OpenedPlan> {
  const absolute = resolve(directory, path);
  const text = await readFile(absolute, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const missing = cause.code === "ENOENT";
    throw new DiopterError(missing ? "file/not-found" : "file/unreadable", {
      message: missing ? `There is no plan "${path}".` : `"${path}" cannot be read.`,
      remedy: "Name a plan file, such as plans/tss-table2.json.",
      cause,
    });
  });
  return { path: absolute, folder: dirname(absolute), plan: parsePlan(text) };
}

/**
 * @throws DiopterError `document/not-json`; `document/invalid` with the JSON pointer of the first
 * problem and the number of others, also where a name stands twice in a list.
 */
export function parsePlan(text: string): Plan {
  const result = planSchema.safeParse(parseJson(text));
  if (result.success) {
    requireNames(result.data);
    return result.data;
  }
  const [first, ...others] = result.error.issues;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const path = (first?.path ?? []).map((part) => `/${String(part)}`).join("");
  throw invalid(`The plan is not valid: ${first?.message ?? "unknown"}${more}.`, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DiopterError("document/not-json", {
      message: `The plan is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
      remedy: "Correct the file.",
      cause,
    });
  }
}

function requireNames(plan: Plan): void {
  for (const list of ["pictures", "degradations", "workflows", "parameters"] as const) {
    const names = plan[list].map(({ name }) => name);
    const twice = names.findIndex((name, index) => names.indexOf(name) < index);
    if (twice >= 0) {
      throw invalid(
        `The name "${names[twice]}" stands twice in ${list}.`,
        `/${list}/${twice}/name`,
      );
    }
  }
}

function invalid(message: string, path: string): DiopterError {
  return new DiopterError("document/invalid", {
    message,
    remedy: "Correct the plan; docs/laboratory.md describes its form.",
    path,
  });
}
