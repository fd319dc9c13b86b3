export { comfyuiExtension } from "./extension.js";
