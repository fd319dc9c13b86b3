const prefix = "#workflow=";

/** The workflow that the page's address names, so that reloading and links open it. */
export function placeOfPage(): string | undefined {
  const { hash } = window.location;
  return hash.startsWith(prefix) ? decodeURIComponent(hash.slice(prefix.length)) : undefined;
}

/** Writes the open workflow into the page's address; a draft leaves it empty. */
export function rememberPlace(id: string | undefined): void {
  const { pathname, search } = window.location;
  const hash = id === undefined ? "" : `${prefix}${encodeURIComponent(id)}`;
  window.history.replaceState(null, "", `${pathname}${search}${hash}`);
}
