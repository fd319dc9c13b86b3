import { DiopterError } from "@diopter/engine";

/** What was asked for is not there. */
export function notFound(message: string, remedy = "Check the address."): DiopterError {
  return new DiopterError("request/not-found", { message, remedy });
}

/** The request makes no sense. */
export function invalidRequest(message: string, remedy: string, path?: string): DiopterError {
  return new DiopterError("request/invalid", { message, remedy, path });
}

/** The request is for another state of things. */
export function conflict(message: string, remedy: string): DiopterError {
  return new DiopterError("request/conflict", { message, remedy });
}
