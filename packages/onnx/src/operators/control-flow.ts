import { type Attributes, graph } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import { compareDimensions, moreSpecific } from "../core/dimension.js";
import { encodeBody } from "../core/encode-body.js";
import { GraphBody } from "../core/graph-body.js";
import type { OperatorNode } from "../core/operator-node.js";
import { formatShape, type Shape, unifyShapes } from "../core/shape.js";
import {
  haveSameTypes,
  isValue,
  type NamedValues,
  type SameTypes,
  type Value,
} from "../core/value.js";
import { InlineOperators } from "./inline.js";

export interface LoopStep<S extends NamedValues> {
  /** The carried values for the next iteration, under the names they came in. */
  readonly carried: NamedValues;
  /** False ends the loop after this iteration; left out, only the trip count ends it. */
  readonly condition?: Value;
  /** Values of this iteration that are stacked along a new first axis. */
  readonly scanned?: S;
}

export interface LoopOptions<C extends NamedValues, S extends NamedValues> {
  /** The most iterations; left out, the condition alone ends the loop. */
  readonly tripCount?: Value | number;
  /** False means no iteration at all. */
  readonly condition?: Value;
  /** The values that every iteration takes from the one before. */
  readonly carried: C;
  readonly body: (g: GraphScope, iteration: Value<"int64">, state: SameTypes<C>) => LoopStep<S>;
}

export interface LoopResult<C extends NamedValues, S extends NamedValues> {
  readonly carried: SameTypes<C>;
  readonly scanned: SameTypes<S>;
}

export interface Branches<T extends NamedValues> {
  readonly whenTrue: (g: GraphScope) => T;
  readonly whenFalse: (g: GraphScope) => NamedValues;
}

export interface CustomOperator {
  readonly attributes?: Attributes;
  readonly outputs: readonly { readonly type: DataType; readonly shape: Shape }[];
  /** ONNX's own operators when left out. */
  readonly domain?: { readonly name: string; readonly version: number };
}

/**
 * The operators at one place of a graph: the names of the nodes that it writes start with its prefix.
 * A function that adds a part to a graph takes a GraphScope, and so works in every builder, scope,
 * loop and branch.
 */
export class GraphScope extends InlineOperators {
  /** The same graph with longer names: `g.scope("blocks.3")` writes "blocks.3/conv". */
  scope(prefix: string): GraphScope {
    return new GraphScope(this.body, this.qualify(prefix));
  }

  /** Any operator by its ONNX name, its outputs' types and shapes given by the caller. */
  operator(
    name: string,
    inputs: readonly (Value | undefined)[],
    { attributes = {}, outputs, domain }: CustomOperator,
  ): Value[] {
    const named = Object.fromEntries(inputs.map((value, index) => [`input ${index}`, value]));
    if (domain !== undefined) this.body.model.domains.set(domain.name, domain.version);
    return this.begin(name, named, domain?.name ?? "").outputs(outputs, attributes);
  }

  /**
   * Repeats a graph: at most `tripCount` times, and while the condition holds. The body may read
   * values from around the loop.
   */
  loop<C extends NamedValues, S extends NamedValues = Record<never, Value>>(
    options: LoopOptions<C, S>,
  ): LoopResult<C, S> {
    const { carried, condition, tripCount } = options;
    const trips = typeof tripCount === "number" ? this.scalar(tripCount, "int64") : tripCount;
    // An empty condition means true, but ONNX's reference evaluator takes it for false.
    const start = condition ?? this.scalar(1, "bool");
    const node = this.begin("Loop", { tripCount: trips, condition: start, ...carried });
    node.requireType("tripCount", "int64");
    node.requireType("condition", "bool");
    const inner = new GraphBody(this.body, this.opset);
    const scope = new GraphScope(inner, this.qualify("loop"));
    const iteration = scope.#parameter("iteration", "int64", []);
    const goOn = scope.#parameter("condition", "bool", []);
    const state: NamedValues = Object.fromEntries(
      Object.entries(carried).map(([name, { type, shape }]) => [
        name,
        scope.#parameter(name, type, shape),
      ]),
    );
    if (!haveSameTypes(state, carried)) throw node.error("type-mismatch", "carries unknown types");
    const step = options.body(scope, iteration, state);
    const shapes = carriedShapes(node, carried, step.carried);
    const results = Object.keys(carried).flatMap((name) => step.carried[name] ?? []);
    const scanned: NamedValues = step.scanned ?? {};
    scope.#results([step.condition ?? goOn, ...results, ...Object.values(scanned)]);
    const count = typeof tripCount === "number" && !step.condition && !condition;
    const trip = count ? tripCount : this.body.unknownSize();
    const outputs = node.outputs(
      [
        ...Object.entries(carried).map(([name, { type }]) => ({ type, shape: shapes[name] ?? [] })),
        ...Object.values(scanned).map(({ type, shape }) => ({ type, shape: [trip, ...shape] })),
      ],
      { body: graph(encodeBody(inner, `${this.qualify("loop")}/body`)) },
    );
    const names = Object.keys(carried);
    const final = named(names, outputs);
    const stacked = named(Object.keys(scanned), outputs.slice(names.length));
    if (!haveSameTypes(final, carried) || !haveSameTypes(stacked, step.scanned)) {
      throw node.error("type-mismatch", "results differ from what is carried");
    }
    return { carried: final, scanned: stacked };
  }

  /** One of two graphs, chosen when the graph runs; both give the same names and types. */
  if<T extends NamedValues>(condition: Value, branches: Branches<T>): SameTypes<T> {
    const node = this.begin("If", { condition });
    node.requireType("condition", "bool");
    const thenBody = new GraphBody(this.body, this.opset);
    const thenScope = new GraphScope(thenBody, this.qualify("then"));
    const thenValues = branches.whenTrue(thenScope);
    const elseBody = new GraphBody(this.body, this.opset);
    const elseScope = new GraphScope(elseBody, this.qualify("else"));
    const elseValues = branches.whenFalse(elseScope);
    const names = Object.keys(thenValues);
    const outputs = names.map((name) => {
      const yes = thenValues[name];
      const no = elseValues[name];
      if (yes !== undefined && no !== undefined && yes.type === no.type) {
        return { yes, no, type: yes.type, shape: this.#eitherShape(node, name, yes, no) };
      }
      throw node.error("type-mismatch", `"${name}" is not the same type in both branches`);
    });
    thenScope.#results(outputs.map(({ yes }) => yes));
    elseScope.#results(outputs.map(({ no }) => no));
    const values = node.outputs(outputs, {
      then_branch: graph(encodeBody(thenBody, `${this.qualify("if")}/then`)),
      else_branch: graph(encodeBody(elseBody, `${this.qualify("if")}/else`)),
    });
    const result = named(names, values);
    if (haveSameTypes(result, thenValues)) return result;
    throw node.error("type-mismatch", "the branches give different types");
  }

  #parameter<D extends DataType>(name: string, type: D, shape: Shape): Value<D> {
    const unique = this.body.model.names.unique(this.qualify(name));
    const value = this.body.createValue(unique, type, shape);
    this.body.inputs.push(value);
    return value;
  }

  /** Declares the body's results; what the body did not compute itself is passed on by Identity. */
  #results(values: readonly Value[]): void {
    for (const value of values) {
      const isOwn = this.body.owns(value) && !this.body.inputs.includes(value);
      const isNew = !this.body.outputs.some((output) => output.value === value);
      const result = isOwn && isNew ? value : this.identity(value);
      this.body.outputs.push({ name: result.name, value: result });
    }
  }

  #eitherShape(node: OperatorNode, name: string, yes: Value, no: Value): Shape {
    if (yes.shape.length !== no.shape.length) {
      const shapes = `${formatShape(yes.shape)} and ${formatShape(no.shape)}`;
      throw node.error("shape-mismatch", `"${name}" has ${shapes} in the two branches`);
    }
    return yes.shape.map((size, axis) => {
      const other = no.shape[axis] ?? 1;
      if (compareDimensions(size, other) === "equal") return moreSpecific(size, other);
      return this.body.unknownSize();
    });
  }
}

function named(names: readonly string[], values: readonly Value[]): NamedValues {
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const value = values[index];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function carriedShapes(
  node: OperatorNode,
  before: NamedValues,
  after: NamedValues,
): Readonly<Record<string, Shape>> {
  return Object.fromEntries(
    Object.entries(before).map(([name, start]) => {
      const end = after[name];
      if (!isValue(end)) {
        throw node.error("invalid-argument", `the body does not give back "${name}"`);
      }
      const shape = unifyShapes(start.shape, end.shape);
      if (end.type === start.type && shape !== undefined) return [name, shape];
      const change = `${end.type} ${formatShape(end.shape)}`;
      const code = end.type === start.type ? "shape-mismatch" : "type-mismatch";
      throw node.error(code, `"${name}" comes back from the body as ${change}`);
    }),
  );
}
