import { useEffect, useMemo, useState } from "react";
import { api } from "../../connection/api.js";
import { documentStore } from "../../state/documents.js";
import { useDescriptors } from "../../state/hooks.js";
import { socketOf } from "./add-node.js";
import { portForWire, portsForInsertion } from "./choices.js";
import { type Offer, workflowOffers } from "./offers.js";
import type { SearchRequest } from "./search-store.js";

/** What fits that for which the menu was opened: node types, and saved workflows as nodes. */
export function useOffers({ wire, insert, replace }: SearchRequest): readonly Offer[] {
  const registry = useDescriptors();
  const [workflows, setWorkflows] = useState<readonly Offer[]>([]);
  // What a workflow takes and gives stands in its file: it is offered where nothing must fit.
  const isFree = wire === undefined && insert === undefined && replace === undefined;
  useEffect(() => {
    if (!isFree) return;
    const { id } = documentStore.getState();
    api.workflows().then(
      (list) => setWorkflows(workflowOffers(list.workflows, id)),
      () => setWorkflows(workflowOffers([], id)),
    );
  }, [isFree]);
  return useMemo(() => {
    const all: readonly Offer[] = Object.values(registry);
    if (insert !== undefined) {
      return all.filter((one) => portsForInsertion(one, insert) !== undefined);
    }
    if (wire === undefined) return isFree ? [...all, ...workflows] : all;
    const held = { socket: socketOf(wire) };
    return all.filter((one) => portForWire(one, wire, held) !== undefined);
  }, [registry, wire, insert, isFree, workflows]);
}
