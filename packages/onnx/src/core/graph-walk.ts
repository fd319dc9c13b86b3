import type { GraphProto, NodeProto } from "../generated/onnx_pb.js";

/** The graphs inside a node: a loop's body, a branch. */
export function innerGraphs(node: NodeProto): GraphProto[] {
  return node.attribute.flatMap(({ g, graphs }) => (g === undefined ? graphs : [g, ...graphs]));
}

/** Every node of a graph and of the graphs inside it. */
export function* walkNodes(graph: GraphProto): Generator<NodeProto> {
  for (const node of graph.node) {
    yield node;
    for (const inner of innerGraphs(node)) yield* walkNodes(inner);
  }
}

/** The values that a node reads, those that its inner graphs take from around them included. */
export function namesRead(node: NodeProto): string[] {
  const inner = innerGraphs(node).flatMap((graph) => [
    ...graph.node.flatMap(namesRead),
    ...graph.output.map(({ name }) => name),
  ]);
  return [...node.input.filter((name) => name !== ""), ...inner];
}

/** The values that a graph's nodes make or its stored tensors hold, in inner graphs too. */
export function namesMade(graph: GraphProto): string[] {
  const inner = graph.node.flatMap(innerGraphs);
  return [
    ...graph.initializer.map(({ name }) => name),
    ...graph.node.flatMap(({ output }) => output.filter((name) => name !== "")),
    ...inner.flatMap((body) => [...body.input.map(({ name }) => name), ...namesMade(body)]),
  ];
}

/** Removes the nodes and initializers that no output needs, in place. */
export function pruneGraph(graph: GraphProto): void {
  const needed = new Set(graph.output.map(({ name }) => name));
  const kept = graph.node.toReversed().filter((node) => {
    if (!node.output.some((name) => needed.has(name))) return false;
    for (const name of namesRead(node)) needed.add(name);
    return true;
  });
  graph.node = kept.reverse();
  graph.initializer = graph.initializer.filter(({ name }) => needed.has(name));
  graph.valueInfo = graph.valueInfo.filter(({ name }) => needed.has(name));
}

/** Renames values wherever they are made, read or declared, in place and in inner graphs too. */
export function renameValues(graph: GraphProto, names: ReadonlyMap<string, string>): void {
  const rename = (name: string) => names.get(name) ?? name;
  for (const declared of [...graph.input, ...graph.output, ...graph.valueInfo]) {
    declared.name = rename(declared.name);
  }
  for (const tensor of graph.initializer) tensor.name = rename(tensor.name);
  for (const node of graph.node) {
    node.input = node.input.map(rename);
    node.output = node.output.map(rename);
    for (const inner of innerGraphs(node)) renameValues(inner, names);
  }
}
