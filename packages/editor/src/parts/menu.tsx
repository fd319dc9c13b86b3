import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { nextIndex } from "./roving.js";

/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Keys as people read them. */
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  readonly checked?: boolean;
  /** A line above this item. */
  readonly separated?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  /** Where its corner stands, in pixels of the window; it moves to stay inside. */
  readonly at: readonly [number, number];
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/** A menu with roving focus: arrows move, letters jump, Enter chooses, Escape closes. */
export function Menu({ label, at, items, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (list.current !== null) placeInside(list.current, at);
  }, [at]);
  useEffect(() => {
    const before = document.activeElement;
    list.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && list.current?.contains(event.target)) return;
      onClose();
    };
    window.addEventListener("pointerdown", closeOutside, true);
    return () => window.removeEventListener("pointerdown", closeOutside, true);
  }, [onClose]);
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      return onClose();
    }
    const entries = [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const current = entries.findIndex((entry) => entry.matches(":focus"));
    const names = items.map((item) => item.label);
    const next = nextIndex(event.key, current, names);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    entries[next]?.focus();
  };
  return (
    <div ref={list} className="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={move}>
      {items.map((item) => (
        <MenuLine key={item.id} item={item} onClose={onClose} />
      ))}
    </div>
  );
}

function MenuLine({ item, onClose }: { readonly item: MenuItem; readonly onClose: () => void }) {
  const choose = () => {
    if (item.disabled) return;
    onClose();
    item.run();
  };
  const isCheckbox = item.checked !== undefined;
  return (
    <>
      {item.separated ? <hr /> : null}
      <button
        type="button"
        role={isCheckbox ? "menuitemcheckbox" : "menuitem"}
        {...(isCheckbox ? { "aria-checked": item.checked } : {})}
        aria-disabled={item.disabled}
        tabIndex={-1}
        onClick={choose}
      >
        {item.icon}
        <span>{item.label}</span>
        {item.keys === undefined ? null : <span className="keys">{item.keys}</span>}
      </button>
    </>
  );
}

function placeInside(element: HTMLElement, [x, y]: readonly [number, number]): void {
  const { width, height } = element.getBoundingClientRect();
  element.style.left = `${Math.max(4, Math.min(x, window.innerWidth - width - 4))}px`;
  element.style.top = `${Math.max(4, Math.min(y, window.innerHeight - height - 4))}px`;
}
