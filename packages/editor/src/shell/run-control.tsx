import { Play, RefreshCw, Square } from "lucide-react";
import { useStore } from "zustand";
import { Button, IconButton } from "../parts/button.js";
import { autoRunStore } from "../run/auto-run-store.js";
import { cancelShownJob } from "../run/run-workflow.js";
import { keysOf, runAction } from "../shortcuts/registry.js";
import { documentStore } from "../state/documents.js";
import { useRun, useShownJob } from "../state/hooks.js";
import { printDuration } from "../strings/quantities.js";
import { runStrings as words } from "../strings/run.js";

/** The button that runs, and how far the run is. */
export function RunControl() {
  const job = useShownJob();
  const isEmpty = useStore(
    documentStore,
    ({ document }) => Object.keys(document.nodes).length === 0,
  );
  const isAuto = useStore(autoRunStore, (state) => state.isOn);
  const isActive = job?.status === "running" || job?.status === "queued";
  return (
    <div className="run-control">
      {isActive ? <RunProgress isQueued={job.status === "queued"} /> : null}
      <IconButton label={words.auto} aria-pressed={isAuto} onClick={() => runAction("run.auto")}>
        <RefreshCw size={15} />
      </IconButton>
      {isActive ? (
        <Button onClick={() => void cancelShownJob()}>
          <Square size={13} aria-hidden />
          {words.cancel}
        </Button>
      ) : (
        <Button
          tone="primary"
          disabled={isEmpty}
          title={isEmpty ? words.nothingToRun : `${words.run} (${keysOf("run.all")})`}
          onClick={() => runAction("run.all")}
        >
          <Play size={14} aria-hidden />
          {words.run}
        </Button>
      )}
    </div>
  );
}

function RunProgress({ isQueued }: { readonly isQueued: boolean }) {
  const { fraction, remaining } = useRun();
  const percent = Math.floor(fraction * 100);
  return (
    <div
      className="run-progress"
      role="progressbar"
      aria-label={words.progress}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span className="figures">
        <span>{isQueued ? words.waiting : `${percent} %`}</span>
        <span>{remaining === undefined ? "" : words.left(printDuration(remaining))}</span>
      </span>
      <span className="bar">
        <span style={{ transform: `scaleX(${fraction})` }} />
      </span>
    </div>
  );
}
