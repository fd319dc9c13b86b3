import { socketTypes } from "@diopter/engine/editing";
import { useMemo, useState } from "react";
import { applyChoice } from "../canvas/search/add-node.js";
import { findChoices } from "../canvas/search/choices.js";
import { middleOfView } from "../canvas/view-commands.js";
import { useDescriptors } from "../state/hooks.js";
import { searchStrings as words } from "../strings/search.js";

/** All node types by subject. A click, or a drag onto the canvas, adds one. */
export function Library() {
  const [typed, setTyped] = useState("");
  const registry = useDescriptors();
  const groups = useMemo(() => findChoices(Object.values(registry), typed), [registry, typed]);
  return (
    <div className="library">
      <input
        className="field"
        type="search"
        aria-label={words.placeholder}
        placeholder={words.placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {groups.map(({ subject, choices }) => (
        <section key={subject} aria-label={subject === "" ? words.list : subject}>
          {subject === "" ? null : <h3 className="subject">{subject}</h3>}
          <ul>
            {choices.map(({ descriptor }) => {
              const { type, title, help, outputs, inputs } = descriptor;
              const port = Object.values(outputs)[0] ?? Object.values(inputs)[0];
              return (
                <li key={type}>
                  <button
                    type="button"
                    className="choice"
                    title={help}
                    draggable
                    onDragStart={(event) => event.dataTransfer.setData("text/x-diopter-node", type)}
                    onClick={() =>
                      applyChoice(descriptor, { at: middleOfView(), isAnywhere: true })
                    }
                  >
                    <span
                      className="swatch"
                      style={{
                        "--socket":
                          port === undefined
                            ? "var(--text-faint)"
                            : socketTypes[port.socket].colour,
                      }}
                    />
                    <span className="title">{title}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      {groups.length === 0 ? <p className="empty">{words.none}</p> : null}
    </div>
  );
}
