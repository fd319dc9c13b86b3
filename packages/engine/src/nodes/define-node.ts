import type { GraphScope, Value } from "@diopter/onnx";
import type { RunContext } from "./context.js";
import type { Parameter, Parameters, ParameterValue, ParameterValues, ValueOf } from "./params.js";
import type { InputValues, OutputValues, Ports } from "./ports.js";

/** What every definition says, whatever its kind. */
export interface NodeShape<I extends Ports, P extends Parameters, O extends Ports> {
  /** `subject/name`, lower case with hyphens; packages of others prefix it: `package:subject/name`. */
  readonly type: string;
  /** Raised when parameters or ports change; `migrations` brings older documents along. */
  readonly version: number;
  readonly title: string;
  /** One line: what the node does. */
  readonly help: string;
  /** Paper and equation, or the code or standard that it follows. */
  readonly source?: string;
  readonly inputs: I;
  readonly params: P;
  readonly outputs: O;
  /** Key n brings the parameters of version n to version n + 1. */
  readonly migrations?: Readonly<Record<number, NodeMigration>>;
}

/**
 * Brings a node's parameters one version forward; what was renamed is listed, so that wires and
 * public names follow. Parameters are renamed before `params` sees them.
 */
export interface NodeMigration {
  params(old: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  readonly renamedParams?: Readonly<Record<string, string>>;
  readonly renamedInputs?: Readonly<Record<string, string>>;
  readonly renamedOutputs?: Readonly<Record<string, string>>;
}

/** In a graph a real number is a scalar input; everything else is known when it is built. */
export type GraphParameter<P extends Parameter> = P extends { readonly kind: "number" }
  ? Value<"float32">
  : ValueOf<P>;
export type GraphParameters<P extends Parameters> = {
  readonly [K in keyof P]: GraphParameter<P[K]>;
};

type GraphInputs<I extends Ports> = {
  readonly [K in keyof I]: I[K] extends { readonly optional: true }
    ? Value<"float32"> | undefined
    : Value<"float32">;
};
type GraphOutputs<O extends Ports> = { readonly [K in keyof O]: Value<"float32"> };

/**
 * A pure tensor program: adds operators to an ONNX graph. Its ports are IMAGE (the pixels), MAP,
 * LATENT (the samples) and NUMBER (a scalar). Neighbours are fused into one session. What travels
 * beside the tensor (alpha, profile, latent space) is taken from the first input of the same type,
 * the alpha only where the size has not changed.
 */
export interface GraphNode<I extends Ports, P extends Parameters, O extends Ports>
  extends NodeShape<I, P, O> {
  graph(graph: GraphScope, inputs: GraphInputs<I>, params: GraphParameters<P>): GraphOutputs<O>;
  readonly run?: never;
}

/** Host code: reads and writes files, decides, calls the device as often as it needs. */
export interface RunNode<I extends Ports, P extends Parameters, O extends Ports>
  extends NodeShape<I, P, O> {
  run(
    inputs: InputValues<I>,
    params: ParameterValues<P>,
    context: RunContext,
  ): Promise<OutputValues<O>>;
  /**
   * The lazy inputs that this run needs, given the parameters and the other inputs. Lazy inputs
   * that are not named stay undefined and what only they depend on does not run.
   */
  needs?(
    params: ParameterValues<P>,
    inputs: Partial<InputValues<I>>,
  ): readonly (keyof I & string)[];
  /** True for nodes that write something outside: always a result of the workflow, never skipped by the cache unless what they wrote is still there. */
  readonly sideEffect?: boolean;
  /** False where equal inputs may give different outputs: never cached. Default true. */
  readonly deterministic?: boolean;
  readonly graph?: never;
}

/** A definition of either kind, with its ports' and parameters' types erased. */
export type NodeDefinition =
  | GraphNode<Ports, Parameters, Ports>
  | RunNode<Ports, Parameters, Ports>;

/**
 * Declares a node; the arguments of `run` and `graph` are inferred from its ports and parameters.
 *
 * @example
 * export const invert = defineNode({
 *   type: "image/invert", version: 1, title: "Invert", help: "Turns light into dark.",
 *   inputs: { image: image() }, params: {}, outputs: { image: image() },
 *   graph: (g, inputs) => ({ image: g.sub(1, inputs.image) }),
 * });
 */
export function defineNode<
  const I extends Ports,
  const P extends Parameters,
  const O extends Ports,
>(definition: GraphNode<I, P, O>): GraphNode<I, P, O>;
export function defineNode<
  const I extends Ports,
  const P extends Parameters,
  const O extends Ports,
>(definition: RunNode<I, P, O>): RunNode<I, P, O>;
export function defineNode(definition: NodeDefinition): NodeDefinition {
  return definition;
}

/** The parameters' default values. */
export function defaultParameters(params: Parameters): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(params).map(([name, parameter]: [string, Parameter]) => [
      name,
      parameter.default,
    ]),
  );
}
