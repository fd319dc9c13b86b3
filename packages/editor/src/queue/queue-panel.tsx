import "./queue.css";
import { ListX, Pause, Play } from "lucide-react";
import { Button, IconButton } from "../parts/button.js";
import { useJobs } from "../state/index.js";
import { queueStrings as words } from "../strings/queue.js";
import { cancelWaiting, setPaused } from "./actions.js";
import { History } from "./history.js";
import { RunningJob } from "./running-job.js";
import { WaitingList } from "./waiting-list.js";

/** What runs, what waits, and what has run. */
export function QueuePanel() {
  const { jobs, paused } = useJobs();
  const running = jobs.filter(({ status }) => status === "running");
  const waiting = jobs.filter(({ status }) => status === "queued");
  const ended = jobs.filter(({ status }) => status !== "running" && status !== "queued");
  const isIdle = running.length === 0 && waiting.length === 0;
  return (
    <div className="queue">
      <section className="queue-now" aria-label={words.queue}>
        <header className="queue-head">
          <h3>{running.length > 0 ? words.running : words.queued(waiting.length)}</h3>
          <span className="queue-actions">
            {waiting.length > 1 ? (
              <IconButton label={words.cancelWaiting} onClick={() => cancelWaiting(waiting)}>
                <ListX size={15} />
              </IconButton>
            ) : null}
            <Button tone="quiet" aria-pressed={paused} onClick={() => setPaused(!paused)}>
              {paused ? <Play size={14} /> : <Pause size={14} />}
              {paused ? words.resume : words.pause}
            </Button>
          </span>
        </header>
        {paused ? <p className="paused-note">{words.paused}</p> : null}
        {isIdle ? (
          <div className="empty">
            <strong>{words.nothing}</strong>
            <p>{words.nothingHelp}</p>
          </div>
        ) : null}
        <ul className="jobs">
          {running.map((job) => (
            <RunningJob key={job.id} job={job} />
          ))}
        </ul>
        {running.length > 0 && waiting.length > 0 ? (
          <h3 className="queue-head">{words.queued(waiting.length)}</h3>
        ) : null}
        <WaitingList jobs={waiting} />
      </section>
      <History jobs={ended} />
    </div>
  );
}
