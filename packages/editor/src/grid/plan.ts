import type { ParameterValue } from "@diopter/engine/editing";

/** A parameter that is varied, and its values. */
export interface Axis {
  readonly node: string;
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly values: readonly ParameterValue[];
}

/** One run of a grid. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  /** For the server: by `node.parameter`. */
  readonly settings: Readonly<Record<string, ParameterValue>>;
}

/** All runs, row by row. Without an axis for the columns, or for the rows, there is one of them. */
export function cellsOf(rows: Axis | undefined, columns: Axis | undefined): readonly Cell[] {
  if (rows === undefined && columns === undefined) return [];
  const down = rows?.values ?? [undefined];
  const across = columns?.values ?? [undefined];
  return down.flatMap((rowValue, row) =>
    across.map((columnValue, column) => ({
      row,
      column,
      settings: { ...setting(rows, rowValue), ...setting(columns, columnValue) },
    })),
  );
}

function setting(
  axis: Axis | undefined,
  value: ParameterValue | undefined,
): Readonly<Record<string, ParameterValue>> {
  if (axis === undefined || value === undefined) return {};
  return { [`${axis.node}.${axis.name}`]: value };
}

/** Both axes vary the same parameter: one of them would have no effect. */
export function isSameParameter(a: Axis | undefined, b: Axis | undefined): boolean {
  return a !== undefined && b !== undefined && a.node === b.node && a.name === b.name;
}
