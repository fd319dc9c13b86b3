import {
  applySetting,
  DiopterError,
  type NodeRegistry,
  type WorkflowDocument,
} from "@diopter/engine";
import type { Row } from "../plan/index.js";

/** A row's workflow for one picture and seed. */
export interface SettledRow {
  readonly document: WorkflowDocument;
  /** The node that reads the picture. */
  readonly source: string;
}

/**
 * Names picture and seed in a row's workflow.
 * @param several - the plan has more than one seed: the workflow must have a public name for it.
 * @throws DiopterError `usage/unknown-option` and what the settings may be refused for.
 */
export function settleDocument(
  { document, workflow }: Row,
  registry: NodeRegistry,
  picture: string,
  { seed, several }: { readonly seed: number; readonly several: boolean },
): SettledRow {
  const [source = ""] = targetOf(document, workflow.image).split(".");
  const shown = applySetting(document, registry, workflow.image, picture);
  const hasSeed = workflow.seed.includes(".") || document.interface?.[workflow.seed] !== undefined;
  if (hasSeed) return { document: applySetting(shown, registry, workflow.seed, seed), source };
  if (!several) return { document: shown, source };
  throw new DiopterError("usage/unknown-option", {
    message: `The workflow "${workflow.name}" has no seed with the public name "${workflow.seed}".`,
    remedy: 'Name it in the plan as "seed": "node.parameter", or keep to one seed.',
    path: "/workflows",
  });
}

function targetOf(document: WorkflowDocument, name: string): string {
  return document.interface?.[name] ?? name;
}
