import type { Tensor } from "../values/index.js";
import type { NodeOutputs } from "./value-cache.js";

/**
 * Counts who uses each tensor, so that device memory is given back when the last user lets go,
 * and not before. One value can hold a tensor that another value holds too (a picture and its
 * tiles), which is why tensors are counted and not values. Host tensors ignore being disposed.
 */
export class Leases {
  readonly #users = new Map<Tensor, number>();

  /** Adds one user to every tensor within `outputs`. */
  retain(outputs: NodeOutputs): void {
    for (const tensor of tensorsWithin(outputs)) {
      this.#users.set(tensor, (this.#users.get(tensor) ?? 0) + 1);
    }
  }

  /** Takes one user from every tensor within `outputs`; a tensor without users is disposed of. */
  release(outputs: NodeOutputs): void {
    for (const tensor of tensorsWithin(outputs)) {
      const users = this.#users.get(tensor) ?? 0;
      if (users > 1) {
        this.#users.set(tensor, users - 1);
        continue;
      }
      this.#users.delete(tensor);
      tensor.dispose();
    }
  }

  /** The number of tensors that somebody uses. */
  get size(): number {
    return this.#users.size;
  }
}

/** Every tensor inside a value, each once; what models hide in functions is not seen. */
export function tensorsWithin(value: unknown): ReadonlySet<Tensor> {
  const found = new Set<Tensor>();
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || ArrayBuffer.isView(next)) continue;
    if (seen.has(next)) continue;
    seen.add(next);
    if (isTensor(next)) found.add(next);
    else for (const part of Object.values(next)) open.push(part);
  }
  return found;
}

/** Whether a value is a tensor: it knows its type, shape, place, and how to be read. */
export function isTensor(value: unknown): value is Tensor {
  return (
    typeof value === "object" &&
    value !== null &&
    "shape" in value &&
    "location" in value &&
    "byteLength" in value &&
    "read" in value &&
    typeof value.read === "function"
  );
}
