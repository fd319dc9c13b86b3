import type { SourceFile, Violation } from "./violation.js";

const maximumLines = 300;

/** Files stay short enough to be read in one go. */
export const checkFileLength = ({ path, text }: SourceFile): Violation[] => {
  const lines = text.trimEnd().split("\n").length;
  if (lines <= maximumLines) return [];
  return [{ path, line: lines, message: `${lines} lines; the limit is ${maximumLines}` }];
};
