import type { NodeDefinition } from "./define-node.js";
import type { Parameters } from "./params.js";
import type { Ports } from "./ports.js";

/**
 * A node type as plain data, for the editor, `diopter nodes --json` and the documentation: all of
 * the definition but its code. Survives JSON unchanged.
 */
export interface NodeDescriptor {
  readonly type: string;
  /** The part of the type before the slash, such as `image`. */
  readonly subject: string;
  /** The npm package that brought it; absent for our own. */
  readonly package?: string;
  readonly version: number;
  readonly title: string;
  readonly help: string;
  readonly source?: string;
  /** A graph node is fused with its neighbours. */
  readonly kind: "graph" | "run";
  readonly inputs: Ports;
  readonly params: Parameters;
  readonly outputs: Ports;
  /** It writes something outside. */
  readonly sideEffect: boolean;
  /** False where equal inputs may give different outputs. */
  readonly deterministic: boolean;
}

/** Describes one definition. */
export function describeNode(definition: NodeDefinition): NodeDescriptor {
  const { package: source, subject } = splitNodeType(definition.type);
  const isRun = definition.run !== undefined;
  return {
    type: definition.type,
    subject,
    ...(source === undefined ? {} : { package: source }),
    version: definition.version,
    title: definition.title,
    help: definition.help,
    ...(definition.source === undefined ? {} : { source: definition.source }),
    kind: isRun ? "run" : "graph",
    inputs: definition.inputs,
    params: definition.params,
    outputs: definition.outputs,
    sideEffect: isRun && definition.sideEffect === true,
    deterministic: !isRun || definition.deterministic !== false,
  };
}

/** The parts of a node type: `package:subject/name`, or `subject/name` for our own. */
export interface NodeTypeParts {
  readonly package: string | undefined;
  readonly subject: string;
  readonly name: string;
}

/** Splits a node type. A package's name may hold a slash (`@scope/name`), never a colon. */
export function splitNodeType(type: string): NodeTypeParts {
  const colon = type.indexOf(":");
  const own = type.slice(colon + 1);
  const slash = own.indexOf("/");
  return {
    package: colon === -1 ? undefined : type.slice(0, colon),
    subject: own.slice(0, Math.max(slash, 0)),
    name: own.slice(slash + 1),
  };
}
