export { dataTypeOf, dtypeOf, type SafetensorsDtype } from "./dtype.js";
export { SafetensorsError, type SafetensorsErrorCode } from "./errors.js";
export {
  maximumHeaderLength,
  parseSafetensorsHeader,
  type SafetensorsEntry,
  type SafetensorsHeader,
} from "./header.js";
export { openSafetensors, SafetensorsFile } from "./open.js";
export { type NamedTensors, writeSafetensors } from "./write.js";
