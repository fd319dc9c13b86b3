import type { NodeProto, TensorProto } from "../generated/onnx_pb.js";
import type { DataType } from "./data-types.js";
import { canonicalDimension, type Dimension } from "./dimension.js";
import { NameRegistry } from "./name-registry.js";
import type { Shape } from "./shape.js";
import type { Value } from "./value.js";

/** Where a symbolic size can be read when the graph runs. */
export interface SizeOrigin {
  readonly value: Value;
  readonly axis: number;
}

/** What every graph of one model shares. */
interface ModelState {
  readonly names: NameRegistry;
  readonly opset: number;
  /** Operator domains other than ONNX's own, with their versions. */
  readonly domains: Map<string, number>;
  unknownSizes: number;
}

const owners = new WeakMap<Value, GraphBody>();
const contents = new WeakMap<Value, Shape>();

/** One graph under construction: a model's main graph, or the body of a loop or a branch. */
export class GraphBody {
  readonly parent: GraphBody | undefined;
  readonly model: ModelState;
  readonly nodes: NodeProto[] = [];
  readonly initializers: TensorProto[] = [];
  readonly inputs: Value[] = [];
  readonly outputs: { readonly name: string; readonly value: Value }[] = [];
  /** Shapes of this graph's values, by name. */
  readonly shapes = new Map<string, Shape>();
  /** Values that are the same whenever they are asked for: constants, initializers, sizes. */
  readonly shared = new Map<string, Value>();
  readonly #origins = new Map<string, SizeOrigin>();

  constructor(parent: GraphBody | undefined, opset: number) {
    this.parent = parent;
    this.model = parent?.model ?? {
      names: new NameRegistry(),
      opset,
      domains: new Map(),
      unknownSizes: 0,
    };
  }

  get root(): GraphBody {
    return this.parent?.root ?? this;
  }

  /** A new handle owned by this graph; its shape's symbols can be read from it from now on. */
  createValue<D extends DataType>(name: string, type: D, shape: Shape): Value<D> {
    const canonical = shape.map(canonicalDimension);
    const value: Value<D> = Object.freeze({ name, type, shape: Object.freeze(canonical) });
    owners.set(value, this);
    this.shapes.set(name, value.shape);
    for (const [axis, size] of canonical.entries()) {
      if (typeof size === "string" && this.originOf(size) === undefined) {
        this.#origins.set(size, { value, axis });
      }
    }
    return value;
  }

  owns(value: Value): boolean {
    return owners.get(value) === this;
  }

  /** Whether a node of this graph may read the value, and if not, why. */
  access(value: Value): "readable" | "foreign" | "out-of-scope" {
    const owner = owners.get(value);
    if (owner === undefined || owner.model !== this.model) return "foreign";
    for (let body: GraphBody | undefined = this; body !== undefined; body = body.parent) {
      if (body === owner) return "readable";
    }
    return "out-of-scope";
  }

  originOf(size: Dimension): SizeOrigin | undefined {
    if (typeof size === "number") return undefined;
    return this.#origins.get(size) ?? this.parent?.originOf(size);
  }

  findShared(key: string): Value | undefined {
    return this.shared.get(key) ?? this.parent?.findShared(key);
  }

  /** A symbol for a size that follows from nothing known. */
  unknownSize(): string {
    this.model.unknownSizes += 1;
    return `unknown.${this.model.unknownSizes}`;
  }
}

/** The elements of an int64 scalar or vector, where they are known, symbols included. */
export function contentOf(value: Value): Shape | undefined {
  return contents.get(value);
}

export function rememberContent(value: Value, content: Shape | undefined): void {
  if (content !== undefined) contents.set(value, content.map(canonicalDimension));
}
