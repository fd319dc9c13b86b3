import { DiopterError } from "@diopter/engine";
import { invalidRequest } from "./request-errors.js";

/**
 * JSON of bounded nesting, so that whatever walks it needs little stack.
 * @throws DiopterError `request/invalid`, `request/too-large`.
 */
export function readJson(text: string, maxDepth: number): unknown {
  if (depthOf(text, maxDepth) > maxDepth) {
    throw new DiopterError("request/too-large", {
      message: `The JSON has more than ${maxDepth} levels.`,
      remedy: "Send flatter JSON.",
    });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("The body is not JSON.", "Send well-formed JSON.");
  }
}

/** Levels of brackets outside of strings; stops counting beyond `most`. */
function depthOf(text: string, most: number): number {
  let depth = 0;
  let deepest = 0;
  const marks = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const [found] = mark;
    if (found === "[" || found === "{") depth += 1;
    else if (found === "]" || found === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
    if (deepest > most) break;
  }
  return deepest;
}
