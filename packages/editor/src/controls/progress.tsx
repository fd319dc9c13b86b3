import "./progress.css";

interface ProgressProps {
  readonly label: string;
  /** 0 to 1; undefined while nobody knows. */
  readonly fraction: number | undefined;
}

/** How far something is. */
export function Progress({ label, fraction }: ProgressProps) {
  const known = fraction === undefined ? {} : { value: fraction, max: 1 };
  return <progress className="progress-bar" aria-label={label} {...known} />;
}
