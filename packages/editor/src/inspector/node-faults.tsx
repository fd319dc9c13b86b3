import type { FilledNode } from "@diopter/engine/editing";
import { useStore } from "zustand";
import { type CalledWorkflow, calledBy, calledStore } from "../canvas/called-store.js";
import { sceneStore } from "../canvas/scene-store.js";
import { Button } from "../parts/button.js";
import { dispatch, useNode } from "../state/index.js";
import { wireStrings as words } from "../strings/wires.js";

/** What keeps a node's wires from fitting: each with its reason, what helps, and a way out. */
export function NodeFaults({ id }: { readonly id: string }) {
  const broken = useStore(sceneStore, ({ scene }) => scene.broken.get(id));
  const node = useNode(id);
  const called = useStore(calledStore, (state) =>
    node === undefined ? undefined : calledBy(node, state),
  );
  const isLost = called?.isGone === true;
  const stale = node === undefined ? [] : staleParameters(node, called);
  if (broken === undefined && !isLost && stale.length === 0) return null;
  return (
    <section className="node-faults" aria-label={words.faults}>
      {isLost ? (
        <div className="error-box">
          <strong>{words.goneWorkflow(called.id)}</strong>
          <p>{words.goneRemedy}</p>
        </div>
      ) : null}
      {broken?.map(({ key, from, to, fault }) => {
        const [start, end] = [`${from.node}.${from.output}`, `${to.node}.${to.input}`];
        return (
          <div key={key} className="error-box">
            <strong>{fault?.sentence}</strong>
            <p className="mono">
              {start} → {end}
            </p>
            <p>{fault?.remedy}</p>
            <Button
              aria-label={words.remove(start, end)}
              onClick={() => dispatch({ kind: "disconnect", to, from })}
            >
              {words.removeShort}
            </Button>
          </div>
        );
      })}
      {stale.map((name) => (
        <div key={name} className="error-box">
          <strong>{words.noParameter(name)}</strong>
          <p>{words.noParameterRemedy}</p>
          <Button
            aria-label={words.removeValueOf(name)}
            onClick={() => dispatch({ kind: "reset-parameter", node: id, name })}
          >
            {words.removeValue}
          </Button>
        </div>
      ))}
    </section>
  );
}

/** What a call sets although the workflow that it calls exposes it no longer. */
function staleParameters(node: FilledNode, called: CalledWorkflow | undefined): readonly string[] {
  if (called?.document === undefined) return [];
  const exposed = called.document.interface ?? {};
  return Object.keys(node.params).filter(
    (name) => name !== "path" && !Object.hasOwn(exposed, name),
  );
}
