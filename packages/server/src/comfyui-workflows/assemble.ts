import { DiopterError, type NodeRegistry } from "@diopter/engine";
import { readWorkflow, type Wire, type WorkflowDocument } from "@diopter/engine/editing";
import { buildNode, type Standing, type Surroundings } from "./build-node.js";
import { comfyClasses } from "./classes.js";
import type { BuiltWire, ComfyPlace } from "./comfy-class.js";
import type { SourceInput, SourceNode } from "./intermediate.js";
import { nodeNames } from "./node-names.js";

/** A workflow of ComfyUI as a document. */
export interface ImportedWorkflow {
  readonly document: WorkflowDocument;
  /** What could not be carried over as it was, for people. */
  readonly notes: readonly string[];
  /** Nodes that stand in the document and cannot run, with what to use in place of them. */
  readonly problems: readonly DiopterError[];
  /** Ids in the document by ids in ComfyUI's workflow. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a document is made of besides its nodes. */
export type DocumentParts = Pick<WorkflowDocument, "name" | "description" | "interface" | "view">;

/** Makes a document of nodes of ComfyUI. `parts` is told of the nodes that have come to stand in it. */
export function assemble(
  nodes: readonly SourceNode[],
  registry: NodeRegistry,
  place: ComfyPlace,
  parts: (names: ReadonlyMap<string, string>) => DocumentParts,
): ImportedWorkflow {
  const names = nodeNames(nodes);
  const sources = new Map(nodes.map((node) => [node.id, node]));
  const around = surroundings(sources, registry, place);
  const standing = new Map<string, Standing>();
  for (const node of nodes)
    standing.set(node.id, buildNode(names.get(node.id) ?? "", node, around));
  const resolve = resolver(sources, standing);
  const content = [...standing].flatMap(([id, { nodes: parts }]) =>
    Object.entries(parts).map(([name, { wired, ...node }]) => {
      const inputs = Object.entries(wired).map(([input, wires]) => {
        const ends = (isOne(wires) ? [wires] : wires).flatMap((wire) => resolve(id, wire) ?? []);
        return [input, isOne(wires) ? ends[0] : ends] as const;
      });
      const kept = inputs.filter(([, wires]) => wires !== undefined && wires.length > 0);
      return [
        name,
        { ...node, ...(kept.length === 0 ? {} : { inputs: Object.fromEntries(kept) }) },
      ];
    }),
  );
  const table = Object.fromEntries(content);
  const present = new Map([...names].filter(([, name]) => Object.hasOwn(table, name)));
  const data = { diopter: 1, ...parts(present), nodes: table };
  return {
    document: readWorkflow(data, registry),
    notes: [...standing].flatMap(([id, { notes = [] }]) =>
      notes.map((note) => `${describe(sources.get(id))}: ${note}`),
    ),
    problems: [...standing].flatMap(([id, { problem }]) =>
      problem === undefined || sources.get(id)?.mode === "muted"
        ? []
        : [unsupported(names.get(id), sources.get(id), problem)],
    ),
    names,
  };
}

function isOne(wires: BuiltWire | readonly BuiltWire[]): wires is BuiltWire {
  return !Array.isArray(wires) || typeof wires[0] === "string";
}

function surroundings(
  sources: ReadonlyMap<string, SourceNode>,
  registry: NodeRegistry,
  place: ComfyPlace,
): Surroundings {
  const used = new Set<string>();
  for (const { inputs } of sources.values()) {
    for (const input of Object.values(inputs)) {
      if (input.kind === "link") used.add(`${input.slot} ${input.node}`);
    }
  }
  return {
    registry,
    place,
    isUsed: (id, slot) => used.has(`${slot} ${id}`),
    valueOf: (input) => literalOf(input, sources),
  };
}

/** The literal, or what the primitive at the other end of the wire holds. */
function literalOf(input: SourceInput, sources: ReadonlyMap<string, SourceNode>): unknown {
  const passed = new Set<string>();
  let current: SourceInput | undefined = input;
  while (current?.kind === "link") {
    if (passed.has(current.node)) return undefined;
    passed.add(current.node);
    const source = sources.get(current.node);
    const widget = comfyClasses[source?.className ?? ""]?.constant;
    if (source === undefined || widget === undefined) return undefined;
    current = source.inputs[widget];
  }
  return current?.value;
}

/** Follows wires past nodes that only hand on what they are given. */
function resolver(
  sources: ReadonlyMap<string, SourceNode>,
  standing: ReadonlyMap<string, Standing>,
) {
  return (owner: string, wire: BuiltWire): [Wire] | undefined => {
    const passed = new Set<string>();
    let id = owner;
    let current: BuiltWire | undefined = wire;
    while (current !== undefined && "input" in current) {
      const link: SourceInput | undefined = sources.get(id)?.inputs[current.input];
      if (link?.kind !== "link" || passed.has(`${link.slot} ${link.node}`)) return undefined;
      passed.add(`${link.slot} ${link.node}`);
      id = link.node;
      current = standing.get(link.node)?.output(link.slot);
    }
    return current === undefined ? undefined : [[current[0], current[1]]];
  };
}

function describe(node: SourceNode | undefined): string {
  return `Node ${node?.id ?? ""} (${node?.className ?? ""})`;
}

function unsupported(
  name: string | undefined,
  node: SourceNode | undefined,
  { reason, remedy }: { readonly reason: string; readonly remedy: string },
): DiopterError {
  return new DiopterError("comfyui/unsupported", {
    message: `ComfyUI's "${node?.className ?? ""}" cannot run here: ${reason}.`,
    remedy,
    ...(name === undefined ? {} : { node: name }),
  });
}
