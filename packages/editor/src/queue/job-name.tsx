import type { Job } from "@diopter/server/protocol";
import { useStore } from "zustand";
import { showJob } from "../connection/live.js";
import { jobsStore } from "../state/index.js";
import { queueStrings as words } from "../strings/queue.js";

/** A job's name; a press shows its progress on the canvas. */
export function JobName({ job: { id, name } }: { readonly job: Job }) {
  const isShown = useStore(jobsStore, ({ shown }) => shown === id);
  return (
    <button
      type="button"
      className="job-name"
      aria-label={words.show(name)}
      aria-pressed={isShown}
      title={isShown ? words.shown : words.show(name)}
      onClick={() => showJob(id, true)}
    >
      {name}
    </button>
  );
}
