import { controlStrings } from "../strings/controls.js";

const rule = /^[a-zA-Z][a-zA-Z0-9-]{0,63}$/;

/** A public name for a parameter: its own name, else node and name, else with a number. */
export function suggestPublicName(node: string, name: string, taken: ReadonlySet<string>): string {
  const [short, long] = [toPublicName(name), toPublicName(`${node}-${name}`)];
  if (!taken.has(short)) return short;
  if (!taken.has(long)) return long;
  let number = 2;
  while (taken.has(numbered(long, number))) number += 1;
  return numbered(long, number);
}

/** What is wrong with a public name; undefined when it will do. */
export function checkPublicName(name: string, taken: ReadonlySet<string>): string | undefined {
  if (!rule.test(name)) return controlStrings.publicNameRule;
  return taken.has(name) ? controlStrings.publicNameTaken(name) : undefined;
}

function toPublicName(text: string): string {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-zA-Z0-9]+/g, "-")
    .replace(/^[^a-zA-Z]+|-+$/g, "");
  return plain.slice(0, 64) || "value";
}

function numbered(name: string, number: number): string {
  const ending = `-${number}`;
  return `${name.slice(0, 64 - ending.length)}${ending}`;
}
