// Prints "passed failed skipped" of Vitest's report, and on standard error each failure with its
// cause: of a long run only the end may be kept, and the failures stand far above it.
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

const [path] = process.argv.slice(2);
const report = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, testResults = [] } = report;

const shortened = (message) => message.split("\n").slice(0, 25).join("\n").slice(0, 3_000);
const complain = (what, messages) =>
  process.stderr.write(`== failed: ${what}\n${messages.map(shortened).join("\n")}\n`);

for (const { name, status, message, assertionResults } of testResults) {
  const file = relative(process.cwd(), name);
  const failures = assertionResults.filter((test) => test.status === "failed");
  for (const { fullName, failureMessages } of failures)
    complain(`${file}: ${fullName}`, failureMessages);
  if (status === "failed" && failures.length === 0) complain(file, [message]);
}
process.stdout.write(`${numPassedTests} ${numFailedTests} ${numPendingTests}\n`);
