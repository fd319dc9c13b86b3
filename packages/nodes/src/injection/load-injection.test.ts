import { expect, test } from "vitest";
import { goldenPath } from "../test/golden-cases.js";
import { testContext } from "../test/run-context.js";
import { concatInjection, crossAttentionInjection, pfj } from "./index.js";

const nodes = { pfj, concat: concatInjection, "cross-attention": crossAttentionInjection };
const kinds = ["pfj", "concat", "cross-attention"] as const;

test.each(kinds)("injection/%s loads its kind, and refuses the others", async (kind) => {
  for (const other of kinds) {
    const path = goldenPath(`injection-${other}.safetensors`);
    const loading = nodes[kind].run({}, { path }, testContext());
    if (other === kind) {
      expect((await loading).injection).toMatchObject({ kind, options: { channels: 7 } });
    } else {
      await expect(loading).rejects.toMatchObject({ code: "model/mismatch", port: "path" });
    }
  }
});

test("a file of another family is no injection", async () => {
  const loading = pfj.run({}, { path: goldenPath("gain.safetensors") }, testContext());
  await expect(loading).rejects.toMatchObject({ code: "model/unknown-family", port: "path" });
});
