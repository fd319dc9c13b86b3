/** A source file as the rules see it: its path from the repository root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A broken rule, at a line counted from 1. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** The line, counted from 1, that the character at `offset` lies on. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split("\n").length;
