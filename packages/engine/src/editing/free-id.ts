/** The wanted id, or with the first number that makes it free: `resize`, `resize-2`, `resize-3`. */
export function freeId(isTaken: (id: string) => boolean, wanted: string): string {
  if (!isTaken(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, "").slice(0, 190);
  let number = 2;
  while (isTaken(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
