import { workflowJsonSchema } from "@diopter/engine";
import { registry } from "@diopter/nodes";
import { expect, it } from "vitest";

it("workflows/workflow.schema.json is that of the nodes that ship (write it anew: --update)", async () => {
  const text = `${JSON.stringify(workflowJsonSchema(registry), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../workflows/workflow.schema.json");
});
