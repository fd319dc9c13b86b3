import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { z } from "zod";

const require = createRequire(import.meta.url);

const resultSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
    }),
  ),
});

/** What axe-core finds wrong with a page as it is, each with the element: empty where all is well. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) {
    // By evaluation, since the page's own policy lets no other script in.
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  }
  const found = resultSchema.parse(await page.evaluate("axe.run(document)"));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
