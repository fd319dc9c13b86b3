import { type ErrorCode, errorCodes } from "./codes.js";

const marker = Symbol.for("diopter.error");

/** Where an error arose and what to do about it; only `message` and `remedy` are sentences. */
export interface ErrorDetails {
  /** One sentence: what is wrong, with the values that are wrong. */
  readonly message: string;
  /** One sentence: what the person can do next. */
  readonly remedy: string;
  /** Id of the node in the workflow. */
  readonly node?: string | undefined;
  /** Name of the input, output or parameter of that node. */
  readonly port?: string | undefined;
  /** JSON pointer into the workflow document (RFC 6901), such as `/nodes/photo/params/path`. */
  readonly path?: string | undefined;
  readonly cause?: unknown;
}

/** The plain form of an error: what events, reports and the network carry. */
export interface ErrorDescription {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly node?: string;
  readonly port?: string;
  readonly path?: string;
}

/**
 * The one error that Diopter shows to people. The same sentence appears on the command line, in
 * the editor and in the API: {@link DiopterError.sentence}.
 */
export class DiopterError extends Error {
  readonly [marker] = true;
  override readonly name = "DiopterError";
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly node: string | undefined;
  readonly port: string | undefined;
  readonly path: string | undefined;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
    this.node = details.node;
    this.port = details.port;
    this.path = details.path;
  }

  /** Recognises errors of another copy of this package too. */
  static is(value: unknown): value is DiopterError {
    return value instanceof Error && marker in value;
  }

  /** The exit code of the command line for this error. */
  get exitCode(): number {
    return errorCodes[this.code];
  }

  /** `node "photo", path: The file is truncated. Save it again. [image/truncated]` */
  get sentence(): string {
    return describeError(this);
  }

  /** The same error, placed at a node: fills in only what is not yet known. */
  at(node: string, port?: string): DiopterError {
    return new DiopterError(this.code, {
      message: this.message,
      remedy: this.remedy,
      node: this.node ?? node,
      port: this.port ?? port,
      path: this.path,
      cause: this.cause,
    });
  }

  toJSON(): ErrorDescription {
    return {
      code: this.code,
      message: this.message,
      remedy: this.remedy,
      ...(this.node === undefined ? {} : { node: this.node }),
      ...(this.port === undefined ? {} : { port: this.port }),
      ...(this.path === undefined ? {} : { path: this.path }),
    };
  }
}

/** The sentence that people read, from an error or from its plain form. */
export function describeError(error: ErrorDetails & { readonly code: ErrorCode }): string {
  const place = [
    error.node === undefined ? undefined : `node "${error.node}"`,
    error.port,
    error.node === undefined ? error.path : undefined,
  ].filter((part) => part !== undefined && part !== "");
  const where = place.length === 0 ? "" : `${place.join(", ")}: `;
  return `${where}${error.message} ${error.remedy} [${error.code}]`;
}

/** Wraps whatever was thrown: a DiopterError stays, anything else becomes `code`. */
export function toDiopterError(
  thrown: unknown,
  code: ErrorCode = "internal/defect",
  remedy = "This is a defect: please report it with the workflow.",
): DiopterError {
  if (DiopterError.is(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DiopterError(code, { message: endWithStop(message), remedy, cause: thrown });
}

function endWithStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
