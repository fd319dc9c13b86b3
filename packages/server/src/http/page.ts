import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Handler, type Response } from "express";

/** The editor's page lies in its package once it is built, or where this variable says. */
const folder =
  process.env.DIOPTER_EDITOR ?? fileURLToPath(new URL("../../../editor/page", import.meta.url));

/** Whether the editor is there. */
export function hasPage(): boolean {
  return existsSync(join(folder, "index.html"));
}

/** Serves the editor. Names of its files change with their contents, but for the first page. */
export function servePage(): Handler {
  const setHeaders = (response: Response, path: string) => {
    const caching = path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable";
    response.setHeader("Cache-Control", caching);
  };
  return express.static(folder, { setHeaders, cacheControl: false, dotfiles: "ignore" });
}
