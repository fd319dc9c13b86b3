import { benchChains } from "./chains.js";
import { benchEditor } from "./editor.js";
import { benchOneStep } from "./one-step.js";
import { benchOverhead } from "./overhead.js";

console.log("Chains of trivial nodes (medians)\n");
console.log(await benchChains());
console.log("\nUpscale workflow on the CPU (medians)\n");
console.log(await benchOverhead());
console.log("\nOne step to 512 × 512 on the CPU (medians)\n");
console.log(await benchOneStep());
console.log("\nThe editor in Chromium without a graphics card\n");
console.log(await benchEditor());
