import { expect, test } from "vitest";
import type { Column } from "../measure/index.js";
import type { ResultItem } from "../run/index.js";
import { summarise } from "./summarise.js";

const columns: readonly Column[] = [
  { key: "psnr", title: "PSNR", unit: "dB", better: "higher", digits: 2 },
  { key: "nlpd", title: "NLPD", unit: "", better: "lower", digits: 4 },
];

const item = (row: string, picture: string, psnr: number, nlpd: number, seed = 0): ResultItem => ({
  key: "",
  row,
  set: Number(picture) % 2 === 0 ? "even" : "odd",
  picture,
  degradation: "light",
  seed,
  values: { psnr, nlpd },
  nodes: {},
  ...(picture === "3"
    ? {}
    : {
        cost: { milliseconds: 1000 * psnr, evaluations: 7, macs: 2, parameters: 9, complete: true },
      }),
});

const pictures = ["0", "1", "2", "3", "4", "5"];
const items = pictures.flatMap((picture, index) => [
  item("a", picture, 20 + 5 * index, 0.4),
  // Better by 1 everywhere, although pictures differ by far more.
  item("b", picture, 21 + 5 * index, 0.5),
  // Better on one half, worse on the other; two seeds whose mean counts.
  item("c", picture, 18 + 5 * index + 4 * (index % 2), 0.4),
  item("c", picture, 18 + 5 * index + 4 * (index % 2), 0.4, 1),
]);

test("compares rows with the first, picture by picture", () => {
  const [all, ...sets] = summarise(items, ["a", "b", "c", "d"], columns);
  expect(sets.map(({ name }) => name)).toEqual(["even", "odd"]);
  const [a, b, c, d] = all?.rows ?? [];
  expect(a?.cells.psnr).toMatchObject({ verdict: "first", estimate: { mean: 32.5, count: 6 } });
  expect(b?.cells.psnr).toMatchObject({
    verdict: "better",
    difference: { mean: 1, low: 1, high: 1 },
  });
  expect(b?.cells.nlpd?.verdict).toBe("worse");
  expect(c?.cells.psnr).toMatchObject({ verdict: "level", estimate: { count: 6 } });
  expect(c).toMatchObject({ items: 12 });
  expect(d).toEqual({ row: "d", items: 0, cells: {} });
});

test("does not judge by few pictures", () => {
  const few = items.filter(({ picture }) => picture !== "5");
  const [all] = summarise(few, ["a", "b"], columns);
  expect(all?.rows[1]?.cells.psnr).toMatchObject({ verdict: "open", difference: { mean: 1 } });
});

test("tells costs over the items of which they are known", () => {
  const [all] = summarise(items, ["a"], columns);
  expect(all?.rows[0]?.cost).toEqual({
    items: 5,
    medianSeconds: 30,
    evaluations: 7,
    macs: 2,
    parameters: 9,
    complete: true,
  });
});
