import { integer } from "../../core/attributes.js";
import { GraphBuilder } from "../../graph-builder.js";
import { readModel } from "../../surgery/model.js";
import { noise, type OperatorCase } from "../operator-case.js";

const x = noise([2, 3], { declared: ["rows", 3] });

export const controlFlowCases: readonly OperatorCase[] = [
  {
    method: "loop",
    label: "trip count",
    inputs: { x },
    build: (g, x) => {
      const outer = g.exp(x("x"));
      const { carried } = g.loop({
        tripCount: 4,
        carried: { latent: x("x"), total: g.scalar(0) },
        body: (inner, iteration, state) => {
          const step = inner.cast(iteration, "float32");
          const latent = inner.add(inner.mul(state.latent, 0.5), inner.mul(outer, step));
          const total = inner.add(state.total, inner.squeeze(inner.reduceMean(latent), [0, 1]));
          return { carried: { latent, total } };
        },
      });
      return [carried.latent, carried.total];
    },
  },
  {
    method: "loop",
    label: "scanned",
    inputs: { x },
    build: (g, x) =>
      g.loop({
        tripCount: 4,
        carried: { sum: x("x") },
        body: (inner, _iteration, { sum }) => {
          const next = inner.mul(sum, 2);
          return { carried: { sum: next }, scanned: { rows: next } };
        },
      }).scanned.rows,
    withoutReference: "it joins scanned values along their first axis instead of stacking them",
  },
  {
    method: "loop",
    label: "condition",
    inputs: { x },
    build: (g, x) =>
      g.loop({
        condition: g.constant([1], [], "bool"),
        carried: { sum: x("x") },
        body: (inner, _iteration, { sum }) => {
          const next = inner.mul(sum, 2);
          const largest = inner.squeeze(inner.reduceMax(next), [0, 1]);
          return { carried: { sum: next }, condition: inner.less(largest, 10) };
        },
      }).carried.sum,
  },
  {
    method: "loop",
    label: "nested",
    inputs: { x },
    build: (g, x) =>
      g.loop({
        tripCount: 2,
        carried: { outer: x("x") },
        body: (middle, outerIteration, state) => ({
          carried: middle.loop({
            tripCount: 3,
            carried: { outer: state.outer },
            body: (inner, _iteration, { outer }) => ({
              carried: { outer: inner.add(outer, inner.cast(outerIteration, "float32")) },
            }),
          }).carried,
        }),
      }).carried.outer,
  },
  {
    method: "loop",
    label: "passes through",
    inputs: { x },
    build: (g, x) =>
      g.loop({
        tripCount: 3,
        carried: { a: x("x"), b: g.mul(x("x"), 2) },
        body: (_inner, _iteration, { a, b }) => ({ carried: { a: b, b: a } }),
      }).carried.a,
  },
  {
    method: "if",
    label: "captures",
    inputs: { x },
    build: (g, x) => {
      const positive = g.greater(g.squeeze(g.reduceMean(x("x")), [0, 1]), 0);
      const { result } = g.if(positive, {
        whenTrue: (inner) => ({ result: inner.mul(x("x"), 2) }),
        whenFalse: () => ({ result: x("x") }),
      });
      return result;
    },
  },
  {
    method: "inline",
    label: "twice, in a loop too",
    inputs: { x },
    build: (g, x) => {
      const part = new GraphBuilder({ name: "part", opset: g.opset });
      const y = part.input("y", "float32", ["n", "m"]);
      part.output("z", part.concat([part.mul(y, 0.5), y], 0));
      const model = readModel(part.build().bytes);
      const { z } = g.scope("a").inline(model, { y: x("x") });
      const { carried } = g.loop({
        tripCount: 2,
        carried: { x: x("x") },
        body: (inner, _iteration, state) => {
          const doubled = inner.inline(model, { y: state.x });
          const halves = Object.values(doubled).map((value) =>
            inner.slice(value, { axis: 0, end: "rows" }),
          );
          return { carried: { x: inner.expectType(halves[0] ?? state.x, "float32") } };
        },
      });
      return [...(z === undefined ? [] : [z]), carried.x];
    },
  },
  {
    method: "operator",
    label: "no attribute",
    inputs: { x },
    build: (g, x) =>
      g.operator("HardSwish", [x("x")], { outputs: [{ type: "float32", shape: ["rows", 3] }] }),
  },
  {
    method: "operator",
    label: "attribute",
    inputs: { x },
    build: (g, x) =>
      g.operator("Softmax", [x("x")], {
        attributes: { axis: integer(0) },
        outputs: [{ type: "float32", shape: ["rows", 3] }],
      }),
  },
];
