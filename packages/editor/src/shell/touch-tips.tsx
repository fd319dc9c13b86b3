import { useEffect, useState } from "react";
import { LongPress } from "../canvas/long-press.js";
import { swallowClick } from "../canvas/pressed.js";

interface Tip {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

/** Milliseconds for which a tip stays when the finger is lifted. */
const shownTime = 2500;

/** What resting the mouse shows, for fingers: a long press outside the graph tells the tooltip. */
export function TouchTips() {
  const [tip, setTip] = useState<Tip>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => setTip(undefined);
    const lifted = (event: PointerEvent) => {
      window.removeEventListener("pointerup", lifted);
      window.removeEventListener("pointercancel", lifted);
      if (event.type === "pointerup") swallowClick();
      timer = setTimeout(hide, shownTime);
    };
    const press = new LongPress(document.documentElement, hasTip, ({ target }) => {
      setTip(tipFor(target));
      window.addEventListener("pointerup", lifted);
      window.addEventListener("pointercancel", lifted);
    });
    const pressed = () => {
      clearTimeout(timer);
      hide();
    };
    window.addEventListener("pointerdown", pressed, true);
    return () => {
      clearTimeout(timer);
      press.destroy();
      window.removeEventListener("pointerdown", pressed, true);
    };
  }, []);
  if (tip === undefined) return null;
  // Screen readers have the names already.
  return (
    <div className="touch-tip" aria-hidden style={{ left: tip.left, top: tip.top }}>
      {tip.text}
    </div>
  );
}

const titled = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[title]") : null;

/** Nodes have their menu, and fields the browser's, under a long press. */
function hasTip(target: EventTarget | null): boolean {
  const isOther =
    target instanceof Element &&
    target.closest("[data-node],[data-frame],input,textarea,select") !== null;
  return !isOther && (titled(target)?.title ?? "") !== "";
}

function tipFor(target: EventTarget | null): Tip | undefined {
  const element = titled(target);
  if (element === null) return undefined;
  const { left, bottom, top, width } = element.getBoundingClientRect();
  const isLow = bottom > window.innerHeight - 80;
  return {
    text: element.title,
    left: Math.min(window.innerWidth - 130, Math.max(130, left + width / 2)),
    top: isLow ? top - 44 : bottom + 8,
  };
}
