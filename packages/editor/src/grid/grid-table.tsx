import { Columns2 } from "lucide-react";
import { type CSSProperties, useId, useState } from "react";
import { useStore } from "zustand";
import { printValue } from "../controls/parameter-title.js";
import { Button } from "../parts/button.js";
import { jobsStore, openViewer, type ViewerPicture } from "../state/index.js";
import { gridStrings as words } from "../strings/grid.js";
import { picturesOf } from "../viewer/result-pictures.js";
import { GridCell } from "./grid-cell.js";
import { type GridRun, labelOf } from "./grid-store.js";

const mostMarked = 4;

/** Width of a picture in pixels. */
const [smallest, largest] = [64, 320];

/** The pictures of a grid under their values. */
export function GridTable({ run }: { readonly run: GridRun }) {
  const jobs = useStore(jobsStore, (state) => state.jobs);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [size, setSize] = useState(120);
  const id = useId();
  const { rows, columns, cells } = run;
  const pictureOf = (job: string | undefined, label: string): ViewerPicture | undefined => {
    const found = job === undefined ? undefined : jobs.get(job);
    const [picture] = found === undefined ? [] : picturesOf(found);
    // Two cells may give the same bytes: the job tells them apart.
    return picture === undefined ? undefined : { ...picture, key: `${job}`, label };
  };
  const toggle = (key: string) =>
    setMarked((before) =>
      before.includes(key)
        ? before.filter((other) => other !== key)
        : [...before.slice(-(mostMarked - 1)), key],
    );
  const chosen = cells.flatMap((cell) => {
    const picture = pictureOf(cell.job, labelOf(cell, rows, columns));
    return picture !== undefined && marked.includes(picture.key) ? [picture] : [];
  });
  const ended = cells.filter(({ job }) => {
    const status = job === undefined ? undefined : jobs.get(job)?.status;
    return status === "succeeded" || status === "failed" || status === "cancelled";
  }).length;
  const sent = cells.filter(({ job }) => job !== undefined).length;
  const style: CSSProperties & Record<`--${string}`, string> = {
    "--cell": `${size}px`,
    "--share": String((size - smallest) / (largest - smallest)),
  };
  const across = columns?.values ?? [undefined];
  const down = rows?.values ?? [undefined];
  return (
    <section className="grid-result" style={style} aria-label={words.table}>
      <header>
        <span role="status">
          {run.isSending
            ? words.submitting(sent, cells.length)
            : words.running(ended, cells.length)}
        </span>
        <span className="spacer" />
        <label htmlFor={id}>{words.size}</label>
        <input
          id={id}
          className="slider"
          type="range"
          min={smallest}
          max={largest}
          step={8}
          value={size}
          onChange={(event) => setSize(event.target.valueAsNumber)}
        />
        <Button
          disabled={chosen.length < 2}
          title={words.compareHelp}
          onClick={() => openViewer(chosen)}
        >
          <Columns2 size={14} /> {words.compare(chosen.length)}
        </Button>
      </header>
      <div className="grid-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" className="corner">
                {[rows?.title, columns?.title].filter(Boolean).join(" ↓  → ")}
              </th>
              {across.map((value, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                <th key={column} scope="col">
                  {value === undefined ? words.picture : printValue(value, undefined)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {down.map((value, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their places
              <tr key={row}>
                <th scope="row">
                  {value === undefined ? words.picture : printValue(value, undefined)}
                </th>
                {across.map((_, column) => {
                  const cell = cells[row * across.length + column];
                  const label = labelOf({ row, column }, rows, columns);
                  const picture = pictureOf(cell?.job, label);
                  return (
                    <GridCell
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells keep their places
                      key={column}
                      label={label}
                      job={cell?.job === undefined ? undefined : jobs.get(cell.job)}
                      picture={picture}
                      isMarked={picture !== undefined && marked.includes(picture.key)}
                      onMark={() => picture !== undefined && toggle(picture.key)}
                      onOpen={() => picture !== undefined && openViewer([picture])}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
