import { usageError } from "../failure.js";

/** A public name of a workflow, as the command line needs to know it. */
export interface NamedOption {
  readonly name: string;
  /** Kind of the parameter behind it; a boolean needs no value. */
  readonly kind: string;
}

/**
 * Reads `--name value`, `--name=value` and, for booleans, `--name` and `--no-name`, where the names
 * are those that the workflow's `interface` gives.
 * @returns the text given for each name; the last one wins.
 * @throws DiopterError `usage/invalid` for a name that the workflow does not have, with those that
 * it has, or for a value that is missing.
 */
export function readInterfaceArguments(
  words: readonly string[],
  options: readonly NamedOption[],
): ReadonlyMap<string, string> {
  const kinds = new Map(options.map((option) => [option.name, option.kind]));
  const values = new Map<string, string>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("--")) {
      throw usageError(`"${word}" belongs to no option.`, "Put a value behind its --name.");
    }
    const [name, written] = splitOnce(word.slice(2));
    const negated = name.startsWith("no-") ? name.slice(3) : undefined;
    if (kinds.has(name)) {
      values.set(name, written ?? takeValue(name, kinds.get(name), rest));
    } else if (negated !== undefined && kinds.get(negated) === "boolean") {
      values.set(negated, "false");
    } else {
      throw unknownName(name, [...kinds.keys()]);
    }
  }
  return values;
}

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function takeValue(name: string, kind: string | undefined, rest: string[]): string {
  if (kind === "boolean" && rest[0] !== "true" && rest[0] !== "false") return "true";
  const value = rest.shift();
  if (value === undefined) throw usageError(`--${name} needs a value.`, `Write --${name} VALUE.`);
  return value;
}

function unknownName(name: string, names: readonly string[]) {
  const known = names.map((known) => `--${known}`).join(", ");
  return usageError(
    `There is no option --${name}.`,
    known === ""
      ? "The workflow gives none of its parameters a public name; use --set node.parameter=value."
      : `The workflow has ${known}; any other parameter is reached by --set node.parameter=value.`,
  );
}
