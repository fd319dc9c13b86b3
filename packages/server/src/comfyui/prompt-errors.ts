/** An error as ComfyUI words it. */
export interface PromptError {
  readonly type: string;
  readonly message: string;
  readonly details: string;
  readonly extra_info: Readonly<Record<string, unknown>>;
}

/** What is wrong with one node. */
export interface NodeErrors {
  readonly errors: PromptError[];
  dependent_outputs: string[];
  readonly class_type: string;
}

/** An error of a whole prompt. */
export function promptError(
  type: string,
  message: string,
  details = "",
  extra: Readonly<Record<string, unknown>> = {},
): PromptError {
  return { type, message, details, extra_info: extra };
}

/** The answer to a prompt that cannot run. */
export interface PromptRefusal {
  readonly error: PromptError;
  readonly node_errors: Readonly<Record<string, NodeErrors>>;
}

/** @returns the answer without errors of nodes. */
export function refusal(error: PromptError): PromptRefusal {
  return { error, node_errors: {} };
}
