/** Words about running. */
export const runStrings = {
  run: "Run",
  cancel: "Cancel",
  unnamed: "Workflow",
  queued: (name: string) => `${name} is in the queue.`,
  succeeded: (name: string) => `${name} is done.`,
  failed: (name: string) => `${name} has failed.`,
  cancelled: (name: string) => `${name} was cancelled.`,
  waiting: "Waiting",
  running: "Running",
  cached: "Not computed again: nothing changed",
  done: (time: string) => `Done in ${time}`,
  skipped: (because: string) => `Skipped: ${because}`,
  left: (time: string) => `${time} left`,
  progress: "Progress of the run",
  runTo: "Run to this node",
  nothingToRun: "Add nodes before you run.",
};
