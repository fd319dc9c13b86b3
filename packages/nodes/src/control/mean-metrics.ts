import { DiopterError, defineNode, metrics, text } from "@diopter/engine";

/** The arithmetic mean of each measurement that every item has. */
export const meanMetrics = defineNode({
  type: "control/mean-metrics",
  version: 1,
  title: "Mean of metrics",
  help: "Collects the measurements of an iteration and averages each over its items.",
  inputs: { metrics: metrics({ list: true }) },
  params: {
    over: text({
      default: "",
      help: "The node that begins the iteration to collect; empty collects all",
    }),
  },
  outputs: { metrics: metrics() },
  async run({ metrics: items }) {
    const [first, ...others] = items;
    if (first === undefined) {
      throw new DiopterError("node/invalid-value", {
        message: "There is nothing to average: the iteration has no items.",
        remedy: "Check what the iteration runs over.",
        port: "metrics",
      });
    }
    const names = Object.keys(first).filter((name) => others.every((item) => name in item));
    const mean = (name: string) =>
      items.reduce((sum, item) => sum + (item[name] ?? 0), 0) / items.length;
    return { metrics: Object.fromEntries(names.map((name) => [name, mean(name)])) };
  },
});
