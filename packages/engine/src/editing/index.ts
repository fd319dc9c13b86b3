/**
 * What an editor needs of the engine, in a browser too: nothing here, directly or indirectly,
 * imports from Node or runs a model.
 */
export * from "../document/built-in-types.js";
export * from "../document/called-workflow.js";
export * from "../document/check-workflow.js";
export * from "../document/parameters.js";
export * from "../document/parse-workflow.js";
export * from "../document/schema.js";
export * from "../document/serialize-workflow.js";
export * from "../document/settings.js";
export * from "../document/suggest.js";
export * from "../document/types.js";
export * from "../errors/index.js";
export * from "../events/index.js";
export type { Preview } from "../nodes/context.js";
export { describeNode, type NodeDescriptor, splitNodeType } from "../nodes/describe.js";
export type * from "../nodes/params.js";
export * from "../nodes/port-registry.js";
export type { Port, PortOptions, Ports } from "../nodes/ports.js";
export * from "../sockets/index.js";
export * from "./apply-command.js";
export * from "./command-schema.js";
export {
  type FilledDocument,
  type FilledNode,
  fillDocument,
  trimDocument,
} from "./filled-document.js";
export * from "./free-id.js";
export * from "./history.js";
export * from "./paste.js";
export * from "./replica.js";
export * from "./view.js";
