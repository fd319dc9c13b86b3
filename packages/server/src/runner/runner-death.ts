import { DiopterError } from "@diopter/engine";

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to standard error. */
  readonly said: string;
}

/** Why the server itself ended a runner. */
export type KillReason = "hung" | "cancelled" | "stopped";

const outOfMemory = /out of memory|bad_alloc|cannot allocate memory|allocation failed/i;

/** What to tell of a runner that died by itself. */
export function crashError({ code, signal, said }: ProcessExit): DiopterError {
  if (outOfMemory.test(said)) {
    return new DiopterError("device/out-of-memory", {
      message: "The process that runs jobs ran out of memory.",
      remedy: "Take smaller tiles or a smaller picture, or lower memoryBudget.",
    });
  }
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  const isKilled = signal === "SIGKILL";
  return new DiopterError("runner/crashed", {
    message: `The process that runs jobs was ended ${how}${isKilled ? ", as the system does when memory runs out" : ""}.`,
    remedy: "Try the job again; should it happen again, take smaller tiles or a smaller picture.",
  });
}

export function hungError(seconds: number): DiopterError {
  return new DiopterError("runner/hung", {
    message: `The process that runs jobs gave no sign of life for ${seconds} seconds.`,
    remedy: "Take smaller tiles, or raise hangSeconds if its steps take that long.",
  });
}
