import type { FilledNode, Parameters } from "@diopter/engine/editing";
import { useStore } from "zustand";
import { calledBy, calledStore } from "../canvas/called-store.js";
import { useDescriptors } from "../state/index.js";
import { parametersOf } from "./parameters-of.js";

/** What tells the parameters of any node of the document; renders again when they may differ. */
export function useParametersOf(): (node: FilledNode) => Parameters {
  const registry = useDescriptors();
  const called = useStore(calledStore);
  return (node) =>
    parametersOf(node, registry[node.type], { registry, called: calledBy(node, called)?.document });
}
