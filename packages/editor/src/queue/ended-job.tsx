import type { Job } from "@diopter/server/protocol";
import { Ban, CircleCheck, CircleX, FolderInput, Images, RotateCw, Trash2 } from "lucide-react";
import { IconButton } from "../parts/button.js";
import { printAgo, printDuration } from "../strings/quantities.js";
import { queueStrings as words } from "../strings/queue.js";
import { picturesOf, thumbnailAddress } from "../viewer/result-pictures.js";
import { deleteJob, openResults, retryJob } from "./actions.js";
import { JobName } from "./job-name.js";
import { loadWorkflow } from "./load-workflow.js";

const icons = { succeeded: CircleCheck, failed: CircleX, cancelled: Ban } as const;

interface EndedJobProps {
  readonly job: Job;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A job that has ended: its picture, how it went, and what can be done with it. */
export function EndedJob({ job, now }: EndedJobProps) {
  const { name, status, error } = job;
  const pictures = picturesOf(job);
  const Icon = status === "queued" || status === "running" ? Ban : icons[status];
  return (
    <li className={`job ended ${status}`}>
      <Picture job={job} url={pictures[0]?.url} />
      <div className="job-main">
        <JobName job={job} />
        <span className="faint details">
          <span className="outcome">
            <Icon size={13} aria-hidden="true" /> {words.status[status]}
          </span>
          {detailsOf(job, now).join(" · ")}
        </span>
        {error === undefined || status === "cancelled" ? null : (
          <span className="job-error" title={error.remedy}>
            {error.node === undefined ? "" : `${error.node}: `}
            {error.message}
          </span>
        )}
      </div>
      <span className="job-actions">
        {pictures.length === 0 ? null : (
          <IconButton label={words.open(name)} onClick={() => openResults(job)}>
            <Images size={15} />
          </IconButton>
        )}
        <IconButton label={words.load(name)} onClick={() => loadWorkflow(job)}>
          <FolderInput size={15} />
        </IconButton>
        <IconButton label={words.retry(name)} onClick={() => retryJob(job)}>
          <RotateCw size={15} />
        </IconButton>
        <IconButton label={words.remove(name)} onClick={() => deleteJob(job)}>
          <Trash2 size={15} />
        </IconButton>
      </span>
    </li>
  );
}

function Picture({ job, url }: { readonly job: Job; readonly url: string | undefined }) {
  if (url === undefined) return <span className="job-picture" aria-hidden="true" />;
  return (
    <button
      type="button"
      className="job-picture"
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => openResults(job)}
    >
      <img src={thumbnailAddress(url, 128)} alt="" loading="lazy" decoding="async" />
    </button>
  );
}

function detailsOf(
  { started, ended, created, attempts, results }: Job,
  now: number,
): readonly string[] {
  return [
    ...(started === undefined || ended === undefined
      ? []
      : [words.took(printDuration(ended - started))]),
    printAgo(ended ?? created, Math.max(now, ended ?? created)),
    ...(results.length > 1 ? [words.results(results.length)] : []),
    ...(attempts > 1 ? [words.attempts(attempts)] : []),
  ];
}
