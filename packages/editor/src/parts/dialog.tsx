import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { partStrings } from "../strings/parts.js";
import { IconButton } from "./button.js";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly wide?: boolean;
  /** It holds text alone: the keyboard scrolls it. */
  readonly isText?: boolean;
}

/** A modal dialog: the browser keeps the focus inside, Escape closes, focus returns afterwards. */
export function Dialog({
  title,
  onClose,
  children,
  footer,
  wide = false,
  isText = false,
}: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    // The browser would begin at the button that closes.
    const first = dialog?.querySelector<HTMLElement>(
      ".body input, .body textarea, .body select, footer .primary, .body button, .body[tabindex]",
    );
    first?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <IconButton label={partStrings.close} onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      {isText ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it.
        <section className="body" tabIndex={0} aria-labelledby={heading}>
          {children}
        </section>
      ) : (
        <div className="body">{children}</div>
      )}
      {footer === undefined ? null : <footer>{footer}</footer>}
    </dialog>
  );
}
