import { type NodeDescriptor, socketTypes } from "@diopter/engine/editing";
import { Search } from "lucide-react";
import {
  Fragment,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useStore } from "zustand";
import { searchStrings as words } from "../../strings/search.js";
import { sceneStore } from "../scene-store.js";
import { toWindow, viewportStore } from "../viewport.js";
import { applyChoice } from "./add-node.js";
import { type Choice, findChoices } from "./choices.js";
import type { Offer } from "./offers.js";
import { closeSearch, type SearchRequest, searchStore } from "./search-store.js";
import { useOffers } from "./use-offers.js";

/** The menu of nodes, where it is open. */
export function SearchMenu() {
  const request = useStore(searchStore, (state) => state.request);
  return request === undefined ? null : <OpenMenu request={request} />;
}

function OpenMenu({ request }: { readonly request: SearchRequest }) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const prefix = useId();
  const menu = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const descriptors = useOffers(request);
  const groups = useMemo(() => findChoices(descriptors, typed), [descriptors, typed]);
  const choices = groups.flatMap((group) => group.choices);
  const current = choices[Math.min(chosen, choices.length - 1)];

  useLayoutEffect(() => {
    if (menu.current !== null) placeMenu(menu.current, request);
  }, [request]);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && menu.current?.contains(event.target)) return;
      closeSearch();
    };
    window.addEventListener("pointerdown", outside, true);
    return () => window.removeEventListener("pointerdown", outside, true);
  }, []);
  useEffect(() => {
    document.getElementById(`${prefix}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [prefix, chosen]);

  const choose = (descriptor: Offer) => {
    closeSearch();
    applyChoice(descriptor, request);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = choices.length;
    const next = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + 8,
      PageUp: chosen - 8,
    }[event.key];
    if (next !== undefined && count > 0) {
      event.preventDefault();
      const isStep = Math.abs(next - chosen) === 1;
      setChosen(isStep ? (next + count) % count : Math.min(count - 1, Math.max(0, next)));
    } else if (event.key === "Enter" && current !== undefined) {
      event.preventDefault();
      choose(current.descriptor);
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closeSearch();
    }
    event.stopPropagation();
  };
  const title = titleOf(request);
  return (
    <div
      ref={menu}
      className="search-menu over-canvas"
      role="dialog"
      aria-label={title}
      onKeyDown={onKeyDown}
    >
      <div className="search-list">
        <label className="search-field">
          <Search size={14} aria-hidden />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={title}
            aria-expanded="true"
            aria-controls={`${prefix}-list`}
            aria-activedescendant={
              current === undefined ? undefined : `${prefix}-${choices.indexOf(current)}`
            }
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={words.placeholder}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setChosen(0);
            }}
          />
        </label>
        <div className="sr-only" role="status">
          {words.found(choices.length)}
        </div>
        <div className="choices" role="listbox" id={`${prefix}-list`} aria-label={words.list}>
          {groups.map(({ subject, choices: members }) => (
            // biome-ignore lint/a11y/useSemanticElements: options stand in groups, not in a field set.
            <div key={subject} role="group" aria-label={subject === "" ? words.list : subject}>
              {subject === "" ? null : (
                <div className="subject" aria-hidden>
                  {subject}
                </div>
              )}
              {members.map((choice) => {
                const index = choices.indexOf(choice);
                return (
                  <Option
                    key={`${choice.descriptor.type} ${String(choice.descriptor.preset?.path)}`}
                    id={`${prefix}-${index}`}
                    choice={choice}
                    isChosen={choice === current}
                    onPoint={() => setChosen(index)}
                    onChoose={() => choose(choice.descriptor)}
                  />
                );
              })}
            </div>
          ))}
        </div>
        {choices.length === 0 ? (
          <p className="empty">{descriptors.length === 0 ? words.noneFits : words.none}</p>
        ) : null}
      </div>
      {current === undefined ? null : <Details descriptor={current.descriptor} />}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isChosen: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, choice, isChosen, onPoint, onChoose }: OptionProps) {
  const { title, type, package: source } = choice.descriptor;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: it is reached by aria-activedescendant.
    <div
      id={id}
      role="option"
      className="choice"
      aria-selected={isChosen}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <SocketDots descriptor={choice.descriptor} />
      <span className="title">{highlight(title, choice.ranges)}</span>
      <span className="type">{source === undefined ? type : words.from(source)}</span>
    </div>
  );
}

function SocketDots({ descriptor }: { readonly descriptor: NodeDescriptor }) {
  const port = Object.values(descriptor.outputs)[0] ?? Object.values(descriptor.inputs)[0];
  const colour = port === undefined ? "var(--text-faint)" : socketTypes[port.socket].colour;
  return <span className="swatch" style={{ "--socket": colour }} />;
}

function highlight(title: string, ranges: readonly number[]) {
  const pieces: { readonly at: number; readonly text: string; readonly isFound: boolean }[] = [];
  let from = 0;
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const [start = 0, end = 0] = ranges.slice(index, index + 2);
    pieces.push({ at: from, text: title.slice(from, start), isFound: false });
    pieces.push({ at: start, text: title.slice(start, end), isFound: true });
    from = end;
  }
  pieces.push({ at: from, text: title.slice(from), isFound: false });
  return pieces
    .filter(({ text }) => text !== "")
    .map(({ at, text, isFound }) =>
      isFound ? <mark key={at}>{text}</mark> : <Fragment key={at}>{text}</Fragment>,
    );
}

function Details({ descriptor }: { readonly descriptor: NodeDescriptor }) {
  const { title, type, help, source, inputs, outputs } = descriptor;
  return (
    <aside className="search-details" aria-label={title}>
      <h3>{title}</h3>
      <p>{help}</p>
      <PortList label={words.inputs} ports={inputs} />
      <PortList label={words.outputs} ports={outputs} />
      <dl>
        <dt>{words.type}</dt>
        <dd className="mono">{type}</dd>
        {source === undefined ? null : (
          <>
            <dt>{words.source}</dt>
            <dd>{source}</dd>
          </>
        )}
      </dl>
    </aside>
  );
}

function PortList({
  label,
  ports,
}: {
  readonly label: string;
  readonly ports: NodeDescriptor["inputs"];
}) {
  const entries = Object.entries(ports);
  if (entries.length === 0) return null;
  return (
    <div className="port-list">
      <span className="faint">{label}</span>
      {entries.map(([name, { socket, help }]) => (
        <span key={name} className="port-chip" title={help}>
          <span className="swatch" style={{ "--socket": socketTypes[socket].colour }} />
          {name}
        </span>
      ))}
    </div>
  );
}

function titleOf({ insert, replace }: SearchRequest): string {
  if (insert !== undefined) return words.insert;
  if (replace === undefined) return words.title;
  return words.replace(sceneStore.getState().scene.nodes.get(replace)?.title ?? replace);
}

function placeMenu(menu: HTMLElement, { at }: SearchRequest): void {
  const area = menu.parentElement?.getBoundingClientRect();
  if (area === undefined) return;
  const [x, y] = toWindow(viewportStore.getState(), at);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, area.width - width - 8))}px`;
  // A tablet's own keyboard comes up over the lower half.
  const top = window.matchMedia("(pointer: coarse)").matches ? 0 : y;
  menu.style.top = `${Math.max(8, Math.min(top, area.height - height - 8))}px`;
}
