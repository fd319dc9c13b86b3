import { DiopterError } from "@diopter/engine";
import { conflict } from "../http/request-errors.js";

export function cancelledError(): DiopterError {
  return new DiopterError("run/cancelled", {
    message: "The job was cancelled.",
    remedy: "Try it again: what was finished is not computed anew.",
  });
}

export function fullError(limit: number): DiopterError {
  return new DiopterError("queue/full", {
    message: `${limit} jobs wait already.`,
    remedy: "Send the job again once some are done.",
  });
}

export function takenError(id: string): DiopterError {
  return conflict(`There is a job "${id}" already.`, "Choose another id, or none.");
}

export function endedError(what: string): DiopterError {
  return conflict(`A job that has ended cannot be ${what}.`, "Submit the workflow anew.");
}

/** What is said of a job whose server was killed too often while it ran. */
export function lostError(): DiopterError {
  return new DiopterError("runner/crashed", {
    message: "The server ended while it ran this job, several times.",
    remedy: "See whether memory suffices; smaller tiles need less. Then try it again.",
  });
}
