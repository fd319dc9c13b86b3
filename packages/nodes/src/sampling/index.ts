export * from "./sample.js";
export * from "./samplers/ddim.js";
export * from "./samplers/ddpm.js";
export * from "./samplers/euler.js";
export * from "./samplers/residual-shift.js";
export * from "./tds-schedule.js";
export * from "./uniform-schedule.js";
export * from "./variance-map.js";
