import type { NodeRegistry } from "../nodes/registry.js";
import { documentMigrations } from "./migrate-document.js";
import { parseWorkflow } from "./parse-workflow.js";

/**
 * The migrations that reading these documents does not call, as `document 1` or `image/resize 1`
 * (what they are of and the version they leave): a test holds this list to be empty.
 */
export function untestedMigrations(texts: readonly string[], registry: NodeRegistry): string[] {
  const untested = new Set(Object.keys(documentMigrations).map((version) => `document ${version}`));
  for (const { type, migrations } of Object.values(registry)) {
    for (const version of Object.keys(migrations ?? {})) untested.add(`${type} ${version}`);
  }
  for (const text of texts) {
    parseWorkflow(text, registry, undefined, (subject, from) => {
      untested.delete(`${subject} ${from}`);
    });
  }
  return [...untested];
}
