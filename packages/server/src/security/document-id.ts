import { DiopterError } from "@diopter/engine";

const segment = /^[^\p{Cc}\\/:*?"<>|.][^\p{Cc}\\/:*?"<>|]{0,119}$/u;
const reserved: ReadonlySet<string> = new Set(["uploads", "examples"]);

/**
 * A document's id: the path of its file in the library without `.json`.
 * @throws DiopterError `request/invalid` for what could leave the library or be hidden in it.
 */
export function documentId(text: string): string {
  const parts = text.normalize("NFC").split("/");
  const fits =
    parts.length <= 8 && parts.every((part) => segment.test(part) && !/[. ]$/.test(part));
  if (fits && !(parts.length > 1 && reserved.has(parts[0] ?? ""))) return parts.join("/");
  throw new DiopterError("request/invalid", {
    message: "This cannot be the name of a document.",
    remedy: 'Take letters, digits, spaces and hyphens; "/" separates folders.',
  });
}
