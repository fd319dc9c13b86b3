import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const packageNames = readdirSync(new URL("packages", import.meta.url));

const conditions = ["diopter-source", "node", "import", "module", "default"];

const shared = {
  resolve: { conditions },
  // Node.js is told of these too, and adds "import" or "require" by itself: naming either would
  // give modules of the one kind to the other.
  ssr: {
    resolve: {
      conditions: ["diopter-source", "node"],
      externalConditions: ["diopter-source", "node"],
    },
  },
};

const project = (name: string, include: string[], globalSetup: string[] = []) => ({
  ...shared,
  test: {
    name,
    globalSetup,
    setupFiles: [fileURLToPath(new URL("test/support/property-seed.ts", import.meta.url))],
    include,
    exclude: ["**/node_modules/**", "**/dist/**"],
    environment: "node",
    pool: "forks" as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
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
