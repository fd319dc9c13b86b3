import { benchChains } from "./chains.js";
import { benchOverhead } from "./overhead.js";

console.log("Chains of trivial nodes (medians)\n");
console.log(await benchChains());
console.log("\nUpscale workflow on the CPU (medians)\n");
console.log(await benchOverhead());
