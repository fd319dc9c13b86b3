import type { Axis } from "../plan/index.js";

/** A place in an iteration: one number for each axis. */
export type Place = ReadonlyMap<string, number>;

/** How many items an axis has at one place of its parents, or why that will never be known. */
export type AxisLength = { readonly count: number } | { readonly lostBecause: string };

/** The places of a product of axes, as far as they are known. */
export interface KnownPlaces {
  /** In lexicographic order, one number for each of the axes asked for. */
  readonly indexes: readonly (readonly number[])[];
  /** False while a length is missing; a lost axis counts as known and has no items. */
  readonly complete: boolean;
  /** Why some items will never be known, if so. */
  readonly lostBecause: string | undefined;
}

/** The lengths of the axes of a run, which become known as the nodes that begin them have run. */
export class AxisLengths {
  readonly #axes: Readonly<Record<string, Axis>>;
  readonly #lengths = new Map<string, Map<string, AxisLength>>();

  constructor(axes: Readonly<Record<string, Axis>>) {
    this.#axes = axes;
  }

  set(axis: string, parents: readonly number[], length: AxisLength): void {
    const known = this.#lengths.get(axis) ?? new Map<string, AxisLength>();
    this.#lengths.set(axis, known.set(parents.join(), length));
  }

  /**
   * All known places of the product of `axes`, where `fixed` says the place along some axes.
   * Every parent of an axis must come before it or be fixed.
   */
  places(axes: readonly string[], fixed: Place): KnownPlaces {
    let indexes: readonly (readonly number[])[] = [[]];
    let complete = true;
    let lostBecause: string | undefined;
    for (const [depth, axis] of axes.entries()) {
      const next: (readonly number[])[] = [];
      for (const index of indexes) {
        const length = this.#along(axis, fixed, axes, index);
        if (length === undefined) complete = false;
        else if ("lostBecause" in length) lostBecause ??= length.lostBecause;
        else for (const place of length) next.push([...index.slice(0, depth), place]);
      }
      indexes = next;
    }
    return { indexes, complete, lostBecause };
  }

  /** Whether every length within the product is known. Stops at the first that is not. */
  isComplete(axes: readonly string[], fixed: Place): boolean {
    const last = axes.findLastIndex((axis) => !fixed.has(axis));
    for (let depth = 1; depth <= last + 1; depth += 1) {
      if (!this.places(axes.slice(0, depth), fixed).complete) return false;
    }
    return true;
  }

  #along(axis: string, fixed: Place, axes: readonly string[], index: readonly number[]) {
    const own = fixed.get(axis);
    if (own !== undefined) return [own];
    const parents = (this.#axes[axis]?.parents ?? []).map(
      (parent) => fixed.get(parent) ?? index[axes.indexOf(parent)] ?? 0,
    );
    const length = this.#lengths.get(axis)?.get(parents.join());
    if (length === undefined || "lostBecause" in length) return length;
    return Array.from({ length: length.count }, (_, place) => place);
  }
}

/** The place that an index stands for. */
export function placeOf(axes: readonly string[], index: readonly number[]): Place {
  return new Map(axes.map((axis, position) => [axis, index[position] ?? 0]));
}
