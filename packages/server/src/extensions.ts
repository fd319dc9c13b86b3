import { comfyuiExtension } from "./comfyui/index.js";
import type { ExtensionFactory } from "./extension.js";

/** The parts of the server that bring their own routes and messages. */
export const extensions: readonly ExtensionFactory[] = [comfyuiExtension];
