export { createDevice, type DeviceOptions } from "./create-device.js";
export * from "./device.js";
export * from "./float32-output.js";
export * from "./module-program.js";
