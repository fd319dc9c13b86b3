import { type KeyboardEvent, type ReactNode, useId } from "react";

/** One tab and what it shows. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** What stands at the end of the row of tabs. */
  readonly actions?: ReactNode;
}

/** Tabs after the ARIA pattern: one stop for Tab, arrows change the tab. */
export function Tabs({ label, tabs, selected, onSelect, actions }: TabsProps) {
  const prefix = useId();
  const shown = tabs.find(({ id }) => id === selected) ?? tabs[0];
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || shown === undefined) return;
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    document.getElementById(`${prefix}-tab-${next.id}`)?.focus();
  };
  if (shown === undefined) return null;
  return (
    <div className="tabbed">
      <div className="tabs">
        <div className="tab-list" role="tablist" aria-label={label} onKeyDown={move}>
          {tabs.map(({ id, label: name }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${prefix}-tab-${id}`}
              aria-selected={id === shown.id}
              aria-controls={`${prefix}-panel`}
              tabIndex={id === shown.id ? 0 : -1}
              onClick={() => onSelect(id)}
            >
              {name}
            </button>
          ))}
        </div>
        <span className="spacer" />
        {actions}
      </div>
      <div
        className="tab-panel"
        role="tabpanel"
        id={`${prefix}-panel`}
        aria-labelledby={`${prefix}-tab-${shown.id}`}
        key={shown.id}
      >
        {shown.content}
      </div>
    </div>
  );
}
