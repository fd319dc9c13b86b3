/** Words of the menu of nodes. */
export const searchStrings = {
  title: "Add a node",
  replace: (title: string) => `Replace ${title}`,
  insert: "Insert into the wire",
  placeholder: "Search nodes",
  add: (title: string) => `Add ${title}`,
  added: (title: string, id: string) => `${title} was added as ${id}.`,
  none: "No node matches.",
  noneFits: "No node takes this wire.",
  found: (number: number) => (number === 1 ? "1 node" : `${number} nodes`),
  source: "Source",
  inputs: "Takes",
  outputs: "Gives",
  type: "Type",
  from: (name: string) => `from ${name}`,
  list: "Node types",
};
