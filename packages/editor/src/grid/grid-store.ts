import { createStore } from "zustand/vanilla";
import { api } from "../connection/api.js";
import { printValue } from "../controls/parameter-title.js";
import { runWorkflow } from "../run/run-workflow.js";
import { documentStore, jobsStore } from "../state/index.js";
import { gridStrings } from "../strings/grid.js";
import { type Axis, type Cell, cellsOf } from "./plan.js";

/** What is chosen for an axis: the parameter as `node.parameter`, and its values as written. */
export interface AxisDraft {
  readonly target: string;
  readonly text: string;
}

/** A grid that was run: its axes, and the job of each cell once it was sent. */
export interface GridRun {
  readonly rows: Axis | undefined;
  readonly columns: Axis | undefined;
  readonly cells: readonly (Cell & { readonly job: string | undefined })[];
  /** Cells are still being sent. */
  readonly isSending: boolean;
}

interface GridState {
  readonly rows: AxisDraft;
  readonly columns: AxisDraft;
  readonly run: GridRun | undefined;
}

const nothing: AxisDraft = { target: "", text: "" };

/** The grid outlives its panel: runs go on while another panel is shown. */
export const gridStore = createStore<GridState>(() => ({
  rows: nothing,
  columns: nothing,
  run: undefined,
}));

/** Changes what an axis varies. */
export function setAxis(axis: "rows" | "columns", draft: AxisDraft): void {
  gridStore.setState({ [axis]: draft });
}

/** Forgets the table; its jobs stay in the history. */
export function clearGrid(): void {
  gridStore.setState({ run: undefined });
}

/** Puts one job for each cell into the queue, in order; stops where the server refuses one. */
export async function runGrid(rows: Axis | undefined, columns: Axis | undefined): Promise<void> {
  const cells = cellsOf(rows, columns).map((cell) => ({ ...cell, job: undefined }));
  const started: GridRun = { rows, columns, cells, isSending: true };
  gridStore.setState({ run: started });
  const { name } = documentStore.getState().document;
  for (const [index, cell] of cells.entries()) {
    if (!isCurrent(started)) return;
    const label = labelOf(cell, rows, columns);
    const job = await runWorkflow({
      settings: cell.settings,
      name: `${name}: ${label}`,
      show: "never",
    });
    if (job === undefined) break;
    // Cleared or cancelled while it was on its way: what was sent is not wanted any more.
    if (!isCurrent(started)) return void api.cancelJob(job.id).catch(() => undefined);
    updateRun((run) => ({
      ...run,
      cells: run.cells.map((other, at) => (at === index ? { ...other, job: job.id } : other)),
    }));
  }
  updateRun((run) => ({ ...run, isSending: false }));
}

/** Sends no more cells and cancels those that have not ended. */
export async function cancelGrid(): Promise<void> {
  const { run } = gridStore.getState();
  if (run === undefined) return;
  updateRun((current) => ({ ...current, isSending: false }));
  const { jobs } = jobsStore.getState();
  const open = run.cells.flatMap(({ job }) => {
    const status = job === undefined ? undefined : jobs.get(job)?.status;
    return job !== undefined && (status === "queued" || status === "running") ? [job] : [];
  });
  // The last ones first, so that none of them begins while the others are cancelled.
  for (const job of open.reverse()) await api.cancelJob(job).catch(() => undefined);
}

/** Says which cell it is: "Steps 10, Method b". */
export function labelOf(
  { row, column }: Pick<Cell, "row" | "column">,
  rows: Axis | undefined,
  columns: Axis | undefined,
): string {
  const part = (axis: Axis | undefined, index: number) => {
    const value = axis?.values[index];
    if (axis === undefined || value === undefined) return [];
    return [gridStrings.equals(axis.title, printValue(value, undefined))];
  };
  return [...part(rows, row), ...part(columns, column)].join(", ");
}

function isCurrent({ rows, columns }: GridRun): boolean {
  const { run } = gridStore.getState();
  return run?.isSending === true && run.rows === rows && run.columns === columns;
}

function updateRun(change: (run: GridRun) => GridRun): void {
  gridStore.setState(({ run }) => (run === undefined ? {} : { run: change(run) }));
}
