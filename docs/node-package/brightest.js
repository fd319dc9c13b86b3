import { defineNode, image, integer, numberPort } from "@diopter/engine";

export const brightest = defineNode({
  type: "tone/brightest",
  version: 1,
  title: "Brightest value",
  help: "The largest value of one channel.",
  inputs: { image: image() },
  params: { channel: integer({ default: 0, min: 0, max: 2, help: "0 red, 1 green, 2 blue." }) },
  outputs: { value: numberPort() },
  run: async ({ image }, { channel }, { device, signal }) => {
    const program = {
      key: `tone/brightest ${channel}`,
      build: (g) => {
        const pixels = g.input("pixels", "float32", ["n", 3, "h", "w"]);
        const plane = g.slice(pixels, { axis: 1, start: channel, end: channel + 1 });
        g.output("value", g.reduceMax(plane, { keepAxes: false }));
      },
    };
    const { value } = await device.run(program, { pixels: image.pixels }, { signal });
    const [largest] = await value.read();
    value.dispose();
    return { value: largest };
  },
});
