import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { api } from "../../connection/api.js";
import { documentStore } from "../../state/documents.js";
import { useDescriptors } from "../../state/hooks.js";
import { libraryStore } from "../../state/library.js";
import { socketOf } from "./add-node.js";
import { portForWire, portsForInsertion } from "./choices.js";
import { type Offer, workflowOffers } from "./offers.js";
import type { SearchRequest } from "./search-store.js";

type Saved = Awaited<ReturnType<typeof api.workflows>>["workflows"];

/** What fits that for which the menu was opened: node types, and saved workflows as nodes. */
export function useOffers({ wire, insert, replace }: SearchRequest): readonly Offer[] {
  const registry = useDescriptors();
  const workflows = useSavedWorkflows();
  return useMemo(() => {
    const types: readonly Offer[] = Object.values(registry);
    // Only a type takes the place of another: what a workflow takes and gives stands in its file.
    if (replace !== undefined) return types;
    const socket = wire === undefined ? insert?.socket : socketOf(wire);
    const all = [...types, ...workflowOffers(workflows, documentStore.getState().id, socket)];
    if (insert !== undefined) {
      return all.filter((one) => portsForInsertion(one, insert) !== undefined);
    }
    if (wire === undefined) return all;
    return all.filter((one) => portForWire(one, wire, { socket }) !== undefined);
  }, [registry, wire, insert, replace, workflows]);
}

function useSavedWorkflows(): Saved {
  const [workflows, setWorkflows] = useState<Saved>([]);
  const count = useStore(libraryStore, (state) => state.count);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the library is read.
  useEffect(() => {
    let isOpen = true;
    api.workflows().then(
      (list) => isOpen && setWorkflows(list.workflows),
      () => {},
    );
    return () => {
      isOpen = false;
    };
  }, [count]);
  return workflows;
}
