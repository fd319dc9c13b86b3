import { Play, Square } from "lucide-react";
import { Progress } from "../controls/progress.js";
import { Button } from "../parts/button.js";
import { cancelShownJob, runWorkflow } from "../run/run-workflow.js";
import { useDocument, useRun, useShownJob } from "../state/index.js";
import { inspectorStrings as words } from "../strings/inspector.js";
import { printDuration } from "../strings/quantities.js";

/** Run, or stop and how far it is. */
export function RunBar() {
  const job = useShownJob();
  const run = useRun();
  const isEmpty = Object.keys(useDocument().nodes).length === 0;
  const isRunning = job?.status === "running" || job?.status === "queued";
  const left = run.remaining === undefined ? "" : `, ${words.left(printDuration(run.remaining))}`;
  const error = job?.status === "failed" ? job.error : undefined;
  return (
    <div className="run-bar">
      {isRunning ? (
        <>
          <Button onClick={cancelShownJob}>
            <Square size={13} /> {words.stop}
          </Button>
          <div className="app-progress">
            <span>
              {job.status === "queued"
                ? words.waiting
                : `${words.runningNow(Math.floor(100 * run.fraction))}${left}`}
            </span>
            <Progress label={words.progress(job.name)} fraction={run.fraction} />
          </div>
        </>
      ) : (
        <Button tone="primary" disabled={isEmpty} onClick={() => runWorkflow()}>
          <Play size={14} /> {words.run}
        </Button>
      )}
      {error === undefined ? null : (
        <div className="error-box" role="alert">
          <strong>{error.message}</strong>
          <p>{error.remedy}</p>
        </div>
      )}
    </div>
  );
}
