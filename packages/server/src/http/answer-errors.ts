import { DiopterError, toDiopterError } from "@diopter/engine";
import type { NextFunction, Request, Response } from "express";
import { z } from "zod";
import type { Redact } from "../security/index.js";
import { statusOf } from "./status.js";

/** What express and its parsers throw. */
const httpErrorSchema = z.looseObject({ status: z.int().min(400).max(499) });

/** What to tell clients for whatever was thrown: no stack, no local path. */
export function describeThrown(thrown: unknown, redact: Redact): DiopterError {
  if (DiopterError.is(thrown)) return redactError(thrown, redact);
  const parsed = httpErrorSchema.safeParse(thrown);
  if (parsed.success) return fromStatus(parsed.data.status);
  if (thrown instanceof URIError) return fromStatus(400);
  return new DiopterError("internal/defect", {
    message: "The server could not do this.",
    remedy: "This is a defect: the server's log says more.",
    cause: thrown,
  });
}

function redactError(error: DiopterError, redact: Redact): DiopterError {
  const { code, message, remedy, node, port, path, cause } = error;
  const text = { message: redact(message), remedy: redact(remedy) };
  return new DiopterError(code, { ...text, node, port, path, cause });
}

function fromStatus(status: number): DiopterError {
  if (status === 413) {
    return new DiopterError("request/too-large", {
      message: "The request is larger than the server takes.",
      remedy: "Send less, or raise the server's limit.",
    });
  }
  if (status === 415) {
    return new DiopterError("request/unsupported", {
      message: "The request's encoding is not understood.",
      remedy: "Send UTF-8 without compression other than gzip, deflate or brotli.",
    });
  }
  return new DiopterError("request/invalid", {
    message: "The request cannot be understood.",
    remedy: "Check its address, headers and body.",
  });
}

/** The last handler of the app: every error becomes JSON. */
export function answerErrors(redact: Redact, report: (error: DiopterError) => void) {
  return (thrown: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const error = describeThrown(thrown, redact);
    const status = statusOf(error.code);
    if (status === 500) report(toDiopterError(thrown));
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (status === 429 || status === 503) response.setHeader("Retry-After", "1");
    response.status(status).json({ error });
  };
}
