import type { z } from "zod";
import { DiopterError } from "../errors/index.js";
import { jsonPointer } from "./pointer.js";
import { suggestName } from "./suggest.js";

/** The first of several problems, which says how many others there are. */
export function combineProblems(problems: readonly DiopterError[]): DiopterError | undefined {
  const [first, ...others] = problems;
  if (first === undefined || others.length === 0) return first;
  const count = others.length === 1 ? "1 other problem" : `${others.length} other problems`;
  return new DiopterError(first.code, {
    ...first.toJSON(),
    message: `${first.message} (And ${count}.)`,
    cause: first.cause,
  });
}

const documentFields = ["diopter", "name", "description", "nodes", "interface", "view"];
const nodeFields = ["type", "version", "title", "params", "inputs", "mode"];

type Issue = z.core.$ZodIssue;

/** A fault of structure as an error that names the place in the JSON. */
export function structureProblem(issue: Issue): DiopterError {
  const [field, node, , port] = issue.path;
  const inNode = field === "nodes" && node !== undefined;
  return new DiopterError("document/invalid", {
    ...sentences(issue, inNode ? nodeFields : documentFields),
    path: jsonPointer(issue.path),
    node: inNode ? String(node) : undefined,
    port: inNode && port !== undefined ? String(port) : undefined,
  });
}

function sentences(issue: Issue, fields: readonly string[]) {
  const name = String(issue.path.at(-1) ?? "The document");
  const subject = issue.path.length === 0 ? name : `"${name}"`;
  switch (issue.code) {
    case "unrecognized_keys": {
      const [key = ""] = issue.keys;
      return {
        message: `The field "${key}" is not known here.`,
        remedy: suggestName(key, fields, `Known fields are: ${fields.join(", ")}.`),
      };
    }
    case "invalid_key":
      return {
        message: `${subject} cannot be used as a name.`,
        remedy: `Use ${issue.issues[0]?.message ?? "another name"}.`,
      };
    case "invalid_type":
      return {
        message: `${subject} is not ${described(issue.expected)}, or is missing.`,
        remedy: `Give ${described(issue.expected)}.`,
      };
    case "invalid_value":
      return {
        message: `${subject} has a value that is not known.`,
        remedy: `Use ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}.`,
      };
    case "too_big":
      return {
        message: `${subject} is too large.`,
        remedy: `Stay within ${issue.maximum}.`,
      };
    case "too_small":
      return {
        message: `${subject} is too small.`,
        remedy: `Give at least ${issue.minimum}.`,
      };
    default:
      return { message: `${subject} is malformed.`, remedy: `Give ${issue.message}.` };
  }
}

const descriptions: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  object: "an object",
  record: "an object",
  array: "a list",
  tuple: 'a pair such as ["node", "output"]',
};

function described(expected: string): string {
  return descriptions[expected] ?? expected;
}
