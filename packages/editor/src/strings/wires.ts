const listed = (names: readonly string[]) => names.join(", ");

/** Words about wires that the document holds and that fit no longer. */
export const wireStrings = {
  noInput: (node: string, input: string) => `"${node}" has no input "${input}" any more.`,
  noOutput: (node: string, output: string) => `"${node}" has no output "${output}" any more.`,
  gone: (name: string) => `"${name}" is no longer there.`,
  rewireInput: (names: readonly string[]) =>
    names.length === 0
      ? "Remove the wire: no input of the node takes it now."
      : `Move the wire to another input (${listed(names)}), or remove it.`,
  rewireOutput: (names: readonly string[]) =>
    names.length === 0
      ? "Remove the wire: no output of the node fits now."
      : `Wire the input to another output (${listed(names)}), or remove the wire.`,
  rewire: "Put a node between them that converts, wire it anew, or remove the wire.",
  broken: (count: number) =>
    count === 1 ? "1 wire does not fit any more" : `${count} wires do not fit any more`,
  changed: (count: number) =>
    count === 1
      ? "A workflow that is used as a node has changed: 1 wire does not fit any more."
      : `A workflow that is used as a node has changed: ${count} wires do not fit any more.`,
  kept: "They are kept and drawn in red: choose the node to see what can be done.",
  goneWorkflow: (id: string) => `The workflow "${id}" is not in the library.`,
  goneRemedy: "Save it under that name again, or choose another one at the parameter Path.",
  remove: (from: string, to: string) => `Remove wire from ${from} to ${to}`,
  removeShort: "Remove wire",
  noParameter: (name: string) => `The workflow exposes no "${name}" any more.`,
  noParameterRemedy: "Expose it there again, or remove the value here: until then it cannot run.",
  removeValue: "Remove value",
  removeValueOf: (name: string) => `Remove value of ${name}`,
  faults: "Wires that do not fit",
  showCall: "Show it",
};
