export * from "./cost-meter.js";
export * from "./count-operations.js";
export * from "./measures.js";
export * from "./node-keys.js";
export * from "./observed-device.js";
export * from "./step-recorder.js";
