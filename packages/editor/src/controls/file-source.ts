import type { Parameter } from "@diopter/engine/editing";

/** A parameter that names a file to be read. */
export type FileParameter = Extract<Parameter, { kind: "file" }>;

/** A file that a parameter can name. */
export interface LibraryFile {
  /** What the parameter is given. */
  readonly path: string;
  /** It comes with Diopter. */
  readonly ships: boolean;
  readonly bytes?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Where files come from: the server's library. */
export interface FileSource {
  /** Files of one kind, those used last first. */
  readonly list: (content: FileParameter["content"]) => Promise<readonly LibraryFile[]>;
  /** Puts a file into the library. */
  readonly upload: (file: File) => Promise<LibraryFile>;
  /** Address of a small copy of a picture, `size` pixels at most on its longer side. */
  readonly thumbnail: (path: string, size: number) => string;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A path that names several files. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path) || path.endsWith("/");
}
