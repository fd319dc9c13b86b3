import type { Column } from "../measure/index.js";
import type { ResultItem } from "../run/index.js";
import { bootstrapMean, type Estimate, meanOf, medianOf } from "./bootstrap.js";

/**
 * How a row compares with the first one, by the interval of the paired differences; `open` where
 * there are too few pictures to tell.
 */
export type Verdict = "better" | "worse" | "level" | "open" | "first";

/** Six fair coins fall on one side in 3 % of cases, five in 6 %: more than 95 % confidence allows. */
export const leastPictures = 6;

export interface Cell {
  readonly estimate: Estimate;
  /** Mean of the paired differences to the first row, with its interval; absent in the first row. */
  readonly difference?: Estimate;
  readonly verdict: Verdict;
}

/** What a row's results cost, over the items of which that is known. */
export interface RowCost {
  readonly items: number;
  readonly medianSeconds: number;
  readonly evaluations: number;
  readonly macs: number;
  readonly parameters: number;
  readonly complete: boolean;
}

export interface RowSummary {
  readonly row: string;
  readonly items: number;
  readonly cells: Readonly<Record<string, Cell>>;
  readonly cost?: RowCost;
}

/** A table over some of the items. */
export interface GroupSummary {
  readonly name: string;
  readonly rows: readonly RowSummary[];
}

/**
 * Tables over all items and, where there are several, over each folder and each degradation. Seeds
 * of one picture are averaged first: pictures are what is drawn in the bootstrap.
 */
export function summarise(
  items: readonly ResultItem[],
  rows: readonly string[],
  columns: readonly Column[],
): readonly GroupSummary[] {
  const group = (name: string, of: readonly ResultItem[]): GroupSummary => ({
    name,
    rows: summariseRows(of, rows, columns),
  });
  const parts = (["set", "degradation"] as const).flatMap((field) => {
    const names = [...new Set(items.map((item) => item[field]))];
    if (names.length < 2) return [];
    return names.map((name) =>
      group(
        name,
        items.filter((item) => item[field] === name),
      ),
    );
  });
  return [group("All pictures", items), ...parts];
}

function summariseRows(
  items: readonly ResultItem[],
  rows: readonly string[],
  columns: readonly Column[],
): readonly RowSummary[] {
  const first = items.filter((item) => item.row === rows[0]);
  return rows.map((row) => {
    const own = items.filter((item) => item.row === row);
    const cells = columns.flatMap((column) => {
      const cell = cellOf(own, row === rows[0] ? undefined : first, column);
      return cell === undefined ? [] : [[column.key, cell] as const];
    });
    const cost = costOf(own);
    return {
      row,
      items: own.length,
      cells: Object.fromEntries(cells),
      ...(cost === undefined ? {} : { cost }),
    };
  });
}

function cellOf(
  own: readonly ResultItem[],
  first: readonly ResultItem[] | undefined,
  { key, better }: Column,
): Cell | undefined {
  const values = byPicture(own, key);
  const estimate = bootstrapMean([...values.values()]);
  if (estimate === undefined) return undefined;
  if (first === undefined) return { estimate, verdict: "first" };
  const others = byPicture(first, key);
  const differences = [...values].flatMap(([picture, value]) => {
    const other = others.get(picture);
    return other === undefined ? [] : [value - other];
  });
  const difference = bootstrapMean(differences);
  if (difference === undefined) return { estimate, verdict: "open" };
  return { estimate, difference, verdict: verdictOf(difference, better) };
}

/** Better or worse where the whole interval is. */
function verdictOf({ low, high, count }: Estimate, better: Column["better"]): Verdict {
  if (count < leastPictures) return "open";
  if (low <= 0 && high >= 0) return "level";
  return low > 0 === (better === "higher") ? "better" : "worse";
}

function byPicture(items: readonly ResultItem[], key: string): ReadonlyMap<string, number> {
  const values = new Map<string, number[]>();
  for (const item of items) {
    const value = item.values[key];
    if (value === undefined) continue;
    const picture = JSON.stringify([item.set, item.picture, item.degradation]);
    values.set(picture, [...(values.get(picture) ?? []), value]);
  }
  return new Map([...values].map(([picture, list]) => [picture, meanOf(list)]));
}

function costOf(items: readonly ResultItem[]): RowCost | undefined {
  const costs = items.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0) return undefined;
  return {
    items: costs.length,
    medianSeconds: medianOf(costs.map(({ milliseconds }) => milliseconds / 1000)),
    evaluations: meanOf(costs.map(({ evaluations }) => evaluations)),
    macs: meanOf(costs.map(({ macs }) => macs)),
    parameters: Math.max(...costs.map(({ parameters }) => parameters)),
    complete: costs.every(({ complete }) => complete),
  };
}
