import type { Job } from "@diopter/server/protocol";
import { X } from "lucide-react";
import { Progress } from "../controls/progress.js";
import { IconButton } from "../parts/button.js";
import { printDuration } from "../strings/quantities.js";
import { queueStrings as words } from "../strings/queue.js";
import { cancelJob } from "./actions.js";
import { JobName } from "./job-name.js";

/** A job at work: how far it is and how long it will take. */
export function RunningJob({ job }: { readonly job: Job }) {
  const { name, fraction, remaining } = job;
  const percent = Math.floor(100 * (fraction ?? 0));
  const left = remaining === undefined ? undefined : words.left(printDuration(remaining));
  return (
    <li className="job running">
      <div className="job-main">
        <JobName job={job} />
        <span className="faint">
          {fraction === undefined ? words.starting : words.percent(percent)}
          {left === undefined ? "" : `, ${left}`}
        </span>
        <Progress label={words.progress(name)} fraction={fraction} />
      </div>
      <IconButton label={words.cancel(name)} onClick={() => cancelJob(job)}>
        <X size={15} />
      </IconButton>
    </li>
  );
}
