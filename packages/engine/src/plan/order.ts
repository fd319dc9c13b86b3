import { DiopterError } from "../errors/index.js";

/**
 * Kahn's algorithm: `ids` in an order in which each follows all that it depends on; independent
 * ones stay in the order given. Iterative; time proportional to ids and dependencies.
 * @throws DiopterError `document/cycle`, which names the nodes of one cycle.
 */
export function topologicalOrder<T>(
  ids: Iterable<T>,
  dependenciesOf: (id: T) => Iterable<T>,
  nameOf: (id: T) => string,
): readonly T[] {
  const { missing, dependants } = countDependencies(ids, dependenciesOf);
  const ordered = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  // The list grows while it is walked: it is the queue and the result at once.
  for (const id of ordered) {
    for (const dependant of dependants.get(id) ?? []) {
      const left = (missing.get(dependant) ?? 0) - 1;
      missing.set(dependant, left);
      if (left === 0) ordered.push(dependant);
    }
  }
  if (ordered.length < missing.size) throw cycleError(missing, dependenciesOf, nameOf);
  return ordered;
}

function countDependencies<T>(ids: Iterable<T>, dependenciesOf: (id: T) => Iterable<T>) {
  const missing = new Map<T, number>();
  const dependants = new Map<T, T[]>();
  for (const id of ids) {
    const dependencies = new Set(dependenciesOf(id));
    missing.set(id, dependencies.size);
    for (const dependency of dependencies) {
      const known = dependants.get(dependency);
      if (known === undefined) dependants.set(dependency, [id]);
      else known.push(id);
    }
  }
  return { missing, dependants };
}

function cycleError<T>(
  missing: ReadonlyMap<T, number>,
  dependenciesOf: (id: T) => Iterable<T>,
  nameOf: (id: T) => string,
): DiopterError {
  const cycle = findCycle(missing, dependenciesOf).map(nameOf);
  const shown = cycle.length > 8 ? [...cycle.slice(0, 7), "…"] : cycle;
  return new DiopterError("document/cycle", {
    message: `These nodes need each other in a circle: ${shown.join(" → ")}.`,
    remedy: "Remove one of the wires between them.",
    node: cycle[0],
  });
}

/** Every id that is left depends on another that is left, so walking upwards must come around. */
function findCycle<T>(
  missing: ReadonlyMap<T, number>,
  dependenciesOf: (id: T) => Iterable<T>,
): readonly T[] {
  const left = (id: T) => (missing.get(id) ?? 0) > 0;
  const path = new Set<T>();
  let next = [...missing.keys()].find(left);
  while (next !== undefined && !path.has(next)) {
    path.add(next);
    next = [...dependenciesOf(next)].find(left);
  }
  const walked = [...path];
  const start = next === undefined ? 0 : walked.indexOf(next);
  return walked.slice(start).reverse();
}
