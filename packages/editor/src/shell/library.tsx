import { socketTypes } from "@diopter/engine/editing";
import { type KeyboardEvent, useMemo, useState } from "react";
import { applyChoice } from "../canvas/search/add-node.js";
import { findChoices } from "../canvas/search/choices.js";
import { middleOfView } from "../canvas/view-commands.js";
import { nextIndex } from "../parts/roving.js";
import { useDescriptors } from "../state/hooks.js";
import { searchStrings as words } from "../strings/search.js";

/**
 * All node types by subject. A click, or a drag onto the canvas, adds one. The list is one stop for
 * Tab; arrow keys and letters move in it. What the one in focus, or under the pointer, is for stands
 * below the list.
 */
export function Library() {
  const [typed, setTyped] = useState("");
  const registry = useDescriptors();
  const groups = useMemo(() => findChoices(Object.values(registry), typed), [registry, typed]);
  const types = groups.flatMap(({ choices }) => choices.map(({ descriptor }) => descriptor.type));
  const [chosen, setChosen] = useState<string>();
  const [asked, setAsked] = useState<string>();
  const stop = chosen !== undefined && types.includes(chosen) ? chosen : types[0];
  const help = asked === undefined ? undefined : registry[asked]?.help;
  const move = (event: KeyboardEvent) => {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(".choice")];
    const current = buttons.findIndex((button) => button.matches(":focus"));
    const names = buttons.map((button) => button.textContent ?? "");
    const next = current === -1 ? undefined : nextIndex(event.key, current, names);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it have the focus.
    <div className="library" onKeyDown={move}>
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
              const { type, title, outputs, inputs } = descriptor;
              const port = Object.values(outputs)[0] ?? Object.values(inputs)[0];
              return (
                <li key={type}>
                  <button
                    type="button"
                    className="choice"
                    aria-description={descriptor.help}
                    tabIndex={type === stop ? 0 : -1}
                    onFocus={() => {
                      setChosen(type);
                      setAsked(type);
                    }}
                    onBlur={() => setAsked(undefined)}
                    onPointerEnter={() => setAsked(type)}
                    onPointerLeave={() => setAsked(undefined)}
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
      <p className="library-help" aria-hidden>
        {help ?? words.libraryHint}
      </p>
    </div>
  );
}
