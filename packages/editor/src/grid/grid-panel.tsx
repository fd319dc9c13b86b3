import "./grid.css";
import { Grid2x2, Play, Square, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { Button } from "../parts/button.js";
import { jobsStore, useDescriptors, useDocument } from "../state/index.js";
import { gridStrings as words } from "../strings/grid.js";
import { printDuration } from "../strings/quantities.js";
import { AxisEditor } from "./axis-editor.js";
import { type Choice, choicesOf } from "./choices.js";
import { estimateTime } from "./estimate.js";
import {
  type AxisDraft,
  cancelGrid,
  clearGrid,
  gridStore,
  runGrid,
  setAxis,
} from "./grid-store.js";
import { GridTable } from "./grid-table.js";
import { type Axis, cellsOf, isSameParameter } from "./plan.js";
import { mostRuns, readValues, type ValuesReading } from "./read-values.js";

/** Varies one or two parameters and shows the pictures in a table. */
export function GridPanel() {
  const { rows, columns, run } = useStore(gridStore);
  const document = useDocument();
  const descriptors = useDescriptors();
  const choices = useMemo(
    () => choicesOf(document, descriptors, words.exposed),
    [document, descriptors],
  );
  const [down, across] = [readAxis(rows, choices), readAxis(columns, choices)];
  return (
    <div className="grid-panel">
      <section className="grid-setup" aria-label={words.grid}>
        <p className="faint">{words.help}</p>
        <AxisEditor
          label={words.rows}
          draft={rows}
          choices={choices.filter(({ target }) => target !== columns.target)}
          fault={down.reading?.fault}
          onChange={(draft) => setAxis("rows", draft)}
        />
        <AxisEditor
          label={words.columns}
          draft={columns}
          choices={choices.filter(({ target }) => target !== rows.target)}
          fault={across.reading?.fault}
          onChange={(draft) => setAxis("columns", draft)}
        />
        <RunRow down={down} across={across} />
      </section>
      {run === undefined ? (
        <div className="empty">
          <Grid2x2 size={28} strokeWidth={1.25} aria-hidden="true" />
          <strong>{words.empty}</strong>
          <p>{words.emptyHelp}</p>
        </div>
      ) : (
        <GridTable run={run} />
      )}
    </div>
  );
}

interface ReadAxis {
  /** Undefined where nothing is varied, or the values are wrong. */
  readonly axis: Axis | undefined;
  readonly reading: ValuesReading | undefined;
}

function readAxis(draft: AxisDraft, choices: readonly Choice[]): ReadAxis {
  const choice = choices.find(({ target }) => target === draft.target);
  if (choice === undefined) return { axis: undefined, reading: undefined };
  const reading = readValues(choice.parameter, draft.text);
  if (reading.fault !== undefined) return { axis: undefined, reading };
  const { node, name, title } = choice;
  return { axis: { node, name, title, values: reading.values }, reading };
}

interface RunRowProps {
  readonly down: ReadAxis;
  readonly across: ReadAxis;
}

function RunRow({ down, across }: RunRowProps) {
  const run = useStore(gridStore, (state) => state.run);
  const jobs = useStore(jobsStore, (state) => state.jobs);
  const { name } = useDocument();
  const count = cellsOf(down.axis, across.axis).length;
  const hasFault = down.reading?.fault !== undefined || across.reading?.fault !== undefined;
  const isTooMany = count > mostRuns;
  const cannotRun = hasFault || isTooMany || count === 0 || isSameParameter(down.axis, across.axis);
  const time = estimateTime([...jobs.values()], name, count);
  const isOpen = run?.cells.some(({ job }) => isUnderway(job, jobs, run.isSending)) ?? false;
  return (
    <div className="grid-run">
      <p role="status">
        {isTooMany ? (
          `${words.tooMany(count, mostRuns)} ${words.fewer}`
        ) : (
          <>
            {words.runs(count)}
            {time === undefined ? "" : `, ${words.time(printDuration(time))}`}
          </>
        )}
      </p>
      <Button
        tone="primary"
        disabled={cannotRun || isOpen}
        onClick={() => runGrid(down.axis, across.axis)}
      >
        <Play size={14} /> {words.run}
      </Button>
      {isOpen ? (
        <Button onClick={cancelGrid}>
          <Square size={13} /> {words.cancel}
        </Button>
      ) : null}
      {run === undefined || isOpen ? null : (
        <Button tone="quiet" onClick={clearGrid}>
          <Trash2 size={14} /> {words.clear}
        </Button>
      )}
    </div>
  );
}

function isUnderway(
  job: string | undefined,
  jobs: ReadonlyMap<string, { readonly status: string }>,
  isSending: boolean,
): boolean {
  if (job === undefined) return isSending;
  const status = jobs.get(job)?.status;
  return status === "queued" || status === "running";
}
