import type { Job } from "@diopter/server/protocol";
import { Progress } from "../controls/progress.js";
import type { ViewerPicture } from "../state/index.js";
import { gridStrings as words } from "../strings/grid.js";
import { queueStrings } from "../strings/queue.js";
import { thumbnailAddress } from "../viewer/result-pictures.js";

interface GridCellProps {
  readonly label: string;
  readonly job: Job | undefined;
  readonly picture: ViewerPicture | undefined;
  readonly isMarked: boolean;
  readonly onMark: () => void;
  readonly onOpen: () => void;
}

/** One picture of a grid: a press shows it, the box marks it to be compared. */
export function GridCell({ label, job, picture, isMarked, onMark, onOpen }: GridCellProps) {
  if (picture === undefined) {
    return (
      <td>
        <span className={`cell ${job?.status ?? ""}`} title={job?.error?.message}>
          {stateOf(job)}
          {job?.status === "running" ? (
            <Progress label={queueStrings.progress(label)} fraction={job.fraction} />
          ) : null}
        </span>
      </td>
    );
  }
  return (
    <td className={isMarked ? "marked" : undefined}>
      <button type="button" className="cell" aria-label={words.open(label)} onClick={onOpen}>
        <img src={thumbnailAddress(picture.url, 512)} alt="" loading="lazy" decoding="async" />
      </button>
      <input
        type="checkbox"
        aria-label={words.mark(label)}
        title={words.compareHelp}
        checked={isMarked}
        onChange={onMark}
      />
    </td>
  );
}

function stateOf(job: Job | undefined): string {
  if (job === undefined) return words.notSent;
  return job.status === "succeeded" ? words.noPicture : queueStrings.status[job.status];
}
