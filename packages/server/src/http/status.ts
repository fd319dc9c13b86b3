import type { ErrorCode } from "@diopter/engine";

const statuses: Partial<Record<ErrorCode, number>> = {
  "internal/defect": 500,
  "request/unauthorised": 401,
  "request/refused": 403,
  "file/outside": 403,
  "request/not-found": 404,
  "file/not-found": 404,
  "request/conflict": 409,
  "output/exists": 409,
  "request/too-large": 413,
  "document/too-large": 413,
  "image/too-large": 413,
  "request/unsupported": 415,
  "request/too-many": 429,
  "queue/full": 503,
  "server/stopping": 503,
  "output/unwritable": 507,
};

/** The HTTP status of an answer with this error: 400 unless there is a better one. */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 400;
}
