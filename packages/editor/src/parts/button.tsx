import type { ButtonHTMLAttributes, ReactNode } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: "primary" | "quiet" | "danger";
}

/** A button with words. */
export function Button({ tone, className, ...rest }: ButtonProps) {
  const name = ["button", tone, className].filter(Boolean).join(" ");
  return <button type="button" {...rest} className={name} />;
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its accessible name, and its tooltip together with the keys. */
  readonly label: string;
  /** Keys as people read them, such as "Ctrl+Z". */
  readonly keys?: string | undefined;
  readonly children: ReactNode;
}

/** A button that shows only an icon. */
export function IconButton({ label, keys, className, children, ...rest }: IconButtonProps) {
  const title = keys === undefined ? label : `${label} (${keys})`;
  const name = ["button", "quiet", "icon", className].filter(Boolean).join(" ");
  return (
    <button type="button" aria-label={label} title={title} {...rest} className={name}>
      {children}
    </button>
  );
}
