import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

const packageNames = readdirSync(new URL("packages", import.meta.url));

const conditions = ["diopter-source", "node", "import", "module", "default"];

const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

const project = (name: string, include: string[], globalSetup: string[] = []) => ({
  ...shared,
  test: {
    name,
    globalSetup,
    include,
    exclude: ["**/node_modules/**", "**/dist/**"],
    environment: "node",
    pool: "forks" as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  ...shared,
  test: {
    maxWorkers: 2,
    reporters: process.env.CI
      ? ["default", ["json", { outputFile: ".ci/results/vitest.json" }]]
      : ["default"],
    projects: [
      ...packageNames.map((name) =>
        project(name, [
          `packages/${name}/src/**/*.test.{ts,tsx}`,
          `packages/${name}/test/**/*.test.ts`,
        ]),
      ),
      project(
        "repository",
        ["test/**/*.test.ts", "scripts/**/*.test.ts"],
        ["test/support/build-page.ts"],
      ),
    ],
  },
});
