import { registry } from "../document/example-nodes.test-support.js";
import { type WorkflowDocument, wiresOf } from "../document/types.js";
import { DiopterError } from "../errors/index.js";
import { applyCommand, type EditCommand, type FilledDocument, fillDocument } from "./index.js";

export { registry };

/** Two pictures, blurred and stacked; laid out, and one parameter public. */
export const example: WorkflowDocument = {
  diopter: 1,
  name: "Example",
  nodes: {
    a: { type: "image/load", version: 1 },
    b: { type: "image/load", version: 1, params: { path: "b.png" } },
    soft: { type: "image/blur", version: 3, inputs: { image: ["a", "image"] } },
    both: {
      type: "image/stack",
      version: 1,
      params: { over: "a" },
      inputs: {
        images: [
          ["soft", "image"],
          ["b", "image"],
        ],
      },
    },
    odd: { type: "other:thing/odd", version: 7, params: { x: 1 }, inputs: { in: ["a", "image"] } },
  },
  interface: { amount: "soft.amount" },
  view: {
    positions: { a: [0, 0], soft: [200, 0] },
    reroutes: { "soft.image": [[100, 50]], "both.images.b.image": [[1, 2]] },
    later: { editor: true },
  },
};

/** Applies commands one after the other. */
export function after(...commands: readonly EditCommand[]): FilledDocument {
  return commands.reduce(
    (document, command) => applyCommand(document, command, registry).document,
    fillDocument(example),
  );
}

/** `code node port` of the refusal. */
export function refusalOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (thrown) {
    if (DiopterError.is(thrown)) return [thrown.code, thrown.node, thrown.port].join(" ").trim();
    throw thrown;
  }
  return undefined;
}

/** Every wire of a document, as text. */
export function wiresIn(document: WorkflowDocument): string[] {
  return Object.entries(document.nodes).flatMap(([target, { inputs }]) =>
    Object.entries(inputs ?? {}).flatMap(([name, wired]) =>
      wiresOf(wired).map(([source, port]) => `${source}.${port} > ${target}.${name}`),
    ),
  );
}
