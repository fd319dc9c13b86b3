import { Maximize2, Minimize2, X } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { useStore } from "zustand";
import { Canvas } from "../canvas/canvas.js";
import { Dialogs } from "../files/dialogs.js";
import { Boundary } from "../parts/boundary.js";
import { IconButton } from "../parts/button.js";
import { type Tab, Tabs } from "../parts/tabs.js";
import { type PaneName, panesStore, setPane } from "../state/panes.js";
import { partStrings } from "../strings/parts.js";
import { shellStrings as words } from "../strings/shell.js";
import { Library } from "./library.js";
import { Notices } from "./notices.js";
import { Outline } from "./outline.js";
import { Pane } from "./pane.js";
import { type Panel, slots } from "./slots.js";
import { TopBar } from "./top-bar.js";
import { TouchTips } from "./touch-tips.js";

/** The window: canvas in the middle, panels around it. */
export function Shell() {
  const [isEnlarged, setEnlarged] = useState(false);
  const isBottomOpen = useStore(panesStore, ({ bottom }) => bottom.open);
  return (
    <div className={isEnlarged && isBottomOpen ? "shell enlarged" : "shell"}>
      <TopBar />
      <Pane name="left" label={words.left}>
        <PaneTabs
          name="left"
          label={words.left}
          tabs={[
            { id: "library", label: words.library, content: <Library /> },
            { id: "outline", label: words.outline, content: <Outline /> },
          ]}
        />
      </Pane>
      <main className="centre" aria-label={words.canvas}>
        <h2 className="sr-only">{words.canvas}</h2>
        <Canvas />
      </main>
      <Pane name="bottom" label={words.bottom} isEnlarged={isEnlarged}>
        <PaneTabs
          name="bottom"
          label={words.bottom}
          tabs={slotTabs(["queue", "viewer", "grid"])}
          actions={
            <IconButton
              label={isEnlarged ? words.restore : words.enlarge}
              aria-pressed={isEnlarged}
              onClick={() => setEnlarged(!isEnlarged)}
            >
              {isEnlarged ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
            </IconButton>
          }
        />
      </Pane>
      <Pane name="right" label={words.right}>
        <PaneTabs name="right" label={words.right} tabs={slotTabs(["inspector", "interface"])} />
      </Pane>
      <Dialogs />
      <Notices />
      <TouchTips />
    </div>
  );
}

type SlotTab = "queue" | "viewer" | "grid" | "inspector" | "interface";

function slotTabs(names: readonly SlotTab[]): readonly Tab[] {
  return names.flatMap((name): Tab[] => {
    const Content = slots[name];
    if (Content === undefined) return [];
    return [{ id: name, label: words[name], content: <Loaded content={Content} /> }];
  });
}

function Loaded({ content: Content }: { readonly content: Panel }) {
  return (
    <Boundary>
      <Suspense fallback={<div className="empty" aria-busy="true" />}>
        <Content />
      </Suspense>
    </Boundary>
  );
}

interface PaneTabsProps {
  readonly name: PaneName;
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly actions?: ReactNode;
}

function PaneTabs({ name, label, tabs, actions }: PaneTabsProps) {
  const { tab } = useStore(panesStore, (state) => state[name]);
  return (
    <Tabs
      label={label}
      tabs={tabs}
      selected={tab}
      onSelect={(id) => setPane(name, { tab: id })}
      actions={
        <>
          {actions}
          <IconButton label={partStrings.close} onClick={() => setPane(name, { open: false })}>
            <X size={14} />
          </IconButton>
        </>
      }
    />
  );
}
