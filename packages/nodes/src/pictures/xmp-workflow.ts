import { deflateSync, inflateSync } from "node:zlib";

/** What an XMP packet may take in a JPEG file: one segment, less its own heading. */
const maxSegmentBytes = 65_000;
const maxTextBytes = 32 * 1024 * 1024;

const heading =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:diopter="urn:diopter:workflow:1">';
const ending = "</rdf:Description></rdf:RDF></x:xmpmeta>";

/**
 * An XMP packet (ISO 16684-1) that carries a workflow as text, or deflated where it would not fit
 * into one JPEG segment otherwise.
 * @returns undefined where even the deflated text does not fit.
 */
export function workflowToXmp(workflow: string): string | undefined {
  const plain = packet("workflow", escapeXml(workflow));
  if (Buffer.byteLength(plain) <= maxSegmentBytes) return plain;
  const deflated = deflateSync(Buffer.from(workflow, "utf8"), { level: 9 }).toString("base64");
  const compressed = packet("deflated", deflated);
  return compressed.length <= maxSegmentBytes ? compressed : undefined;
}

/** The workflow in an XMP packet; undefined where there is none or it is damaged. */
export function workflowFromXmp(xmp: string): string | undefined {
  const plain = element(xmp, "workflow");
  if (plain !== undefined) return unescapeXml(plain);
  const deflated = element(xmp, "deflated");
  if (deflated === undefined) return undefined;
  try {
    const bytes = inflateSync(Buffer.from(deflated, "base64"), { maxOutputLength: maxTextBytes });
    return bytes.toString("utf8");
  } catch {
    return undefined;
  }
}

function packet(name: string, content: string): string {
  return `${heading}<diopter:${name}>${content}</diopter:${name}>${ending}`;
}

function element(xmp: string, name: string): string | undefined {
  const opening = `<diopter:${name}>`;
  const start = xmp.indexOf(opening);
  const end = xmp.indexOf(`</diopter:${name}>`, start);
  return start < 0 || end < 0 ? undefined : xmp.slice(start + opening.length, end);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function unescapeXml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
