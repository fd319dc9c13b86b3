import type { ParameterValue, PortRegistry, WorkflowNode } from "@diopter/engine/editing";
import { defaultOf, isWidget } from "./class-inputs.js";
import { comfyClasses } from "./classes.js";
import {
  type Built,
  type BuiltWire,
  type ComfyClass,
  type ComfyNode,
  type ComfyPlace,
  unknownType,
} from "./comfy-class.js";
import type { SourceInput, SourceNode } from "./intermediate.js";
import { safeName } from "./node-names.js";

/** What stands in the document for a node, before its wires are known. */
export interface Standing extends Omit<Built, "nodes" | "outputs"> {
  readonly nodes: Readonly<Record<string, StandingNode>>;
  /** What an output place gives. */
  output(slot: number): BuiltWire | undefined;
  readonly problem?: { readonly reason: string; readonly remedy: string };
}

/** A node whose inputs are still named after the class's. */
export interface StandingNode extends Omit<WorkflowNode, "inputs"> {
  readonly wired: Readonly<Record<string, BuiltWire | readonly BuiltWire[]>>;
}

/** What is known of the rest of the workflow. */
export interface Surroundings {
  readonly registry: PortRegistry;
  readonly place: ComfyPlace;
  /** The value at an input: literal, or that of the primitive that is wired to it. */
  valueOf(input: SourceInput): unknown;
  isUsed(id: string, slot: number): boolean;
}

/** Finds what stands for a node: nodes of ours, or one that keeps what it was. */
export function buildNode(id: string, node: SourceNode, around: Surroundings): Standing {
  const known = comfyClasses[node.className];
  if (known?.constant !== undefined) return { nodes: {}, output: () => undefined };
  if (known?.build !== undefined) return buildKnown(id, node, known, around);
  const definition = Object.hasOwn(around.registry, node.className)
    ? around.registry[node.className]
    : undefined;
  if (definition !== undefined || isOurs(node)) return buildOwn(id, node, around);
  return keep(id, node, known, around);
}

function isOurs({ className, own }: SourceNode): boolean {
  return own?.version !== undefined || className.startsWith("workflow/");
}

function buildKnown(
  id: string,
  node: SourceNode,
  known: ComfyClass,
  around: Surroundings,
): Standing {
  const {
    nodes,
    outputs,
    notes = [],
  } = known.build?.(view(id, node, known, around), around.place) ?? {
    nodes: {},
    outputs: [],
  };
  const parts = Object.keys(nodes).length;
  if (node.mode === "bypassed" && parts !== 1) {
    const [through] = known.inputs.filter(({ type }) => type === known.outputs[0]?.type);
    const output = () => (through === undefined ? undefined : { input: through.name });
    return { nodes: {}, output, notes: ["It was bypassed and has become a wire."] };
  }
  const standing = Object.entries(nodes).map(([name, part]): [string, StandingNode] => [
    name,
    {
      type: part.type,
      version: around.registry[part.type]?.version ?? 1,
      ...(part.params === undefined ? {} : { params: part.params }),
      ...(node.mode === undefined ? {} : { mode: node.mode }),
      ...(name === id ? titled(node, known.title) : {}),
      wired: part.inputs ?? {},
    },
  ]);
  const computed = known.inputs.filter(
    (input) => isWidget(input) && isComputed(node.inputs[input.name], around),
  );
  return {
    nodes: Object.fromEntries(standing),
    output: (slot) => outputs[slot],
    notes,
    ...problemOf(computed.map(({ name }) => name)),
  };
}

/** Settings are typed in here; what another node would compute cannot be one. */
function isComputed(input: SourceInput | undefined, around: Surroundings): boolean {
  return input?.kind === "link" && around.valueOf(input) === undefined;
}

function problemOf(computed: readonly string[]): Pick<Standing, "problem"> {
  const [name] = computed;
  if (name === undefined) return {};
  const reason = `its "${name}" is computed by another node, and is a setting here`;
  return { problem: { reason, remedy: "Take the wire away and type the value in." } };
}

function view(id: string, node: SourceNode, known: ComfyClass, around: Surroundings): ComfyNode {
  const value = (name: string): unknown => {
    const input = Object.hasOwn(node.inputs, name) ? node.inputs[name] : undefined;
    const given = input === undefined ? undefined : around.valueOf(input);
    const declared = known.inputs.find((candidate) => candidate.name === name);
    return given ?? (declared === undefined ? undefined : defaultOf(declared));
  };
  return {
    id,
    text: (name) => String(value(name) ?? ""),
    number: (name) => Number(value(name) ?? 0),
    isUsed: (slot) => around.isUsed(node.id, slot),
  };
}

function buildOwn(id: string, node: SourceNode, around: Surroundings): Standing {
  const { registry } = around;
  const definition = Object.hasOwn(registry, node.className) ? registry[node.className] : undefined;
  const isParam = (name: string) =>
    definition === undefined ? undefined : Object.hasOwn(definition.params, name);
  const { params, wired, notes } = readInputs(node, around, isParam);
  const computed = Object.entries(node.inputs).filter(
    ([name, input]) => isParam(name) === true && isComputed(input, around),
  );
  const outputs = node.own?.outputs ?? Object.keys(definition?.outputs ?? {});
  const mode = node.mode ?? node.own?.mode;
  return {
    nodes: {
      [id]: {
        type: node.className,
        version: node.own?.version ?? definition?.version ?? 1,
        ...(node.own?.title === undefined ? {} : { title: node.own.title }),
        ...(mode === undefined ? {} : { mode }),
        ...(Object.keys(params).length === 0 ? {} : { params }),
        wired,
      },
    },
    output: (slot) => {
      const name = outputs[slot];
      return name === undefined ? undefined : [id, name];
    },
    notes,
    ...problemOf(computed.map(([name]) => name)),
  };
}

/** A class without a counterpart stays what it is, so that nothing is lost. */
function keep(
  id: string,
  node: SourceNode,
  known: ComfyClass | undefined,
  around: Surroundings,
): Standing {
  const declared = new Map(known?.inputs.map((input) => [input.name, isWidget(input)]));
  const { params, wired, notes } = readInputs(node, around, (name) => declared.get(name));
  const problem = known?.instead ?? {
    reason: "no node here corresponds to it",
    remedy: "Take it out of the workflow, or find a node that does the same with diopter nodes.",
  };
  return {
    nodes: {
      [id]: {
        type: unknownType(node.className),
        version: 1,
        ...titled(node, ""),
        ...(node.mode === undefined ? {} : { mode: node.mode }),
        ...(Object.keys(params).length === 0 ? {} : { params }),
        wired,
      },
    },
    output: (slot) => [id, `slot-${slot}`],
    notes,
    problem,
  };
}

function titled({ title }: SourceNode, usual: string) {
  return title === undefined || title === usual ? {} : { title: title.slice(0, 1000) };
}

/** Sorts a node's inputs into parameters and wires; `isParam` tells where it is known. */
function readInputs(
  node: SourceNode,
  around: Surroundings,
  isParam: (name: string) => boolean | undefined,
) {
  const params: Record<string, ParameterValue> = {};
  const wired: Record<string, BuiltWire | readonly BuiltWire[]> = {};
  const notes: string[] = [];
  for (const [name, input] of Object.entries(node.inputs)) {
    const value = around.valueOf(input);
    const isWire = input.kind === "link" && isParam(name) !== true;
    if (isWire && value === undefined) addWire(wired, name);
    else if (isScalar(value)) params[safeName(name)] = value;
    else if (value !== undefined && value !== null)
      notes.push(`"${name}" could not be carried over.`);
  }
  return { params, wired, notes };
}

/** Several wires at one input are named `images.0`, `images.1`, ... */
function addWire(wired: Record<string, BuiltWire | readonly BuiltWire[]>, name: string): void {
  const [port = "", place] = name.split(/\.(?=\d+$)/);
  if (place === undefined) wired[safeName(name)] = { input: name };
  else {
    const present = wired[safeName(port)];
    const before = present !== undefined && isList(present) ? present : [];
    wired[safeName(port)] = [...before, { input: name }];
  }
}

function isList(wires: BuiltWire | readonly BuiltWire[]): wires is readonly BuiltWire[] {
  return Array.isArray(wires) && typeof wires[0] !== "string";
}

function isScalar(value: unknown): value is ParameterValue {
  return (
    typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value))
  );
}
