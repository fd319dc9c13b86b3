/** Pixels around a wire that a finger finds it in. */
const fingerReach = 18;

/** Pixels around a wire that it is found in; undefined for the usual ones. */
export const reachOf = ({ pointerType }: PointerEvent): number | undefined =>
  pointerType === "touch" ? fingerReach : undefined;

/** Pixels of the window between two events. */
export const wayBetween = (a: PointerEvent, b: PointerEvent): number =>
  Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
