/**
 * Every code that an error may carry, with the exit code of the command line that it leads to.
 * The part before the slash is the room that refused.
 *
 * Exit codes: 1 a defect in Diopter, 2 usage, 3 workflow, 4 input picture or file, 5 model or
 * weights, 6 device or a node's run, 7 output, 130 cancelled. (8 is a batch with failed items.)
 */
export const errorCodes = {
  "internal/defect": 1,
  "usage/invalid": 2,
  "usage/unknown-option": 2,
  "document/not-json": 3,
  "document/invalid": 3,
  "document/too-large": 3,
  "document/newer-version": 3,
  "document/unknown-node": 3,
  "document/unknown-port": 3,
  "document/unknown-parameter": 3,
  "document/invalid-parameter": 3,
  "document/dangling-wire": 3,
  "document/occupied-input": 3,
  "document/missing-input": 3,
  "document/type-mismatch": 3,
  "document/cycle": 3,
  "document/recursion": 3,
  "document/no-output": 3,
  "package/not-allowed": 3,
  "package/failed": 3,
  "file/not-found": 4,
  "file/unreadable": 4,
  "file/outside": 4,
  "image/not-an-image": 4,
  "image/truncated": 4,
  "image/too-large": 4,
  "image/size-mismatch": 4,
  "model/not-found": 5,
  "model/corrupt": 5,
  "model/unknown-family": 5,
  "model/mismatch": 5,
  "device/unavailable": 6,
  "device/failed": 6,
  "device/out-of-memory": 6,
  "node/failed": 6,
  "node/invalid-value": 6,
  "node/dependency-failed": 6,
  "cache/corrupt": 6,
  "output/unwritable": 7,
  "output/exists": 7,
  "run/cancelled": 130,
} as const;

/** A code of the table above. */
export type ErrorCode = keyof typeof errorCodes;
