import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button, IconButton } from "../parts/button.js";
import { dismissNotice, type Notice, type NoticeTone, noticesStore } from "../state/notices.js";
import { partStrings } from "../strings/parts.js";

const icons: Readonly<Record<NoticeTone, typeof Info>> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  error: CircleAlert,
};

const secondsShown: Readonly<Record<NoticeTone, number>> = {
  info: 7,
  success: 5,
  warning: 12,
  error: Number.POSITIVE_INFINITY,
};

/** Notices in the corner, and what only screen readers are told. */
export function Notices() {
  const notices = useStore(noticesStore, (state) => state.notices);
  const { text, count } = useStore(noticesStore, (state) => state.announcement);
  return (
    <>
      <section className="notices" aria-label={partStrings.notices} aria-live="polite">
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </section>
      <div className="sr-only" role="status" aria-live="polite">
        <span key={count}>{text}</span>
      </div>
    </>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { id, tone, message, remedy, stays, action } = notice;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const seconds = stays === true ? Number.POSITIVE_INFINITY : secondsShown[tone];
    if (isHeld || seconds === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => dismissNotice(id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [id, tone, isHeld, stays]);
  const Icon = icons[tone];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: resting on a notice only keeps it there.
    <div
      className={`notice ${tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} aria-hidden />
      <div>
        <p>{message}</p>
        {remedy === undefined ? null : <p>{remedy}</p>}
        {action === undefined ? null : (
          <Button
            onClick={() => {
              dismissNotice(id);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
      <IconButton label={partStrings.dismiss} onClick={() => dismissNotice(id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
