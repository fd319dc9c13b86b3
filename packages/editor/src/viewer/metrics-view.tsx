import type { JobResult } from "@diopter/server/protocol";
import { useEffect, useState } from "react";
import { z } from "zod";
import { useDescriptors, useDocument } from "../state/index.js";
import { viewerStrings as words } from "../strings/viewer.js";

const metricsSchema = z.record(z.string(), z.number());

interface Measured {
  readonly result: JobResult;
  readonly values: Readonly<Record<string, number>>;
}

/** Measurements of a run: one row for each name, one column for each node that measured. */
export function MetricsView({ results }: { readonly results: readonly JobResult[] }) {
  const { nodes } = useDocument();
  const descriptors = useDescriptors();
  const { measured, failed } = useMeasured(results);
  const names = [...new Set(measured.flatMap(({ values }) => Object.keys(values)))];
  const titleOf = ({ node, name }: JobResult) => {
    const own = Object.hasOwn(nodes, node) ? nodes[node] : undefined;
    const title = own?.title ?? descriptors[own?.type ?? ""]?.title ?? node;
    return { title, detail: name.replace(/\.json$/, "") };
  };
  return (
    <div className="metrics-view">
      {failed === undefined ? null : <p role="alert">{failed}</p>}
      <table>
        <caption className="sr-only">{words.metrics}</caption>
        <thead>
          <tr>
            <th scope="col">{words.metric}</th>
            {measured.map(({ result }) => {
              const { title, detail } = titleOf(result);
              return (
                <th key={result.name} scope="col">
                  {title}
                  <span className="faint">{detail}</span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {measured.map(({ result, values }) => (
                <td key={result.name} className="mono">
                  {printMetric(values[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useMeasured(results: readonly JobResult[]): {
  readonly measured: readonly Measured[];
  readonly failed: string | undefined;
} {
  const [measured, setMeasured] = useState<readonly Measured[]>([]);
  const [failed, setFailed] = useState<string>();
  const key = results.map(({ hash, name }) => `${hash} ${name}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the results
  useEffect(() => {
    let isShown = true;
    const reading = results.map(async (result) => {
      const response = await fetch(result.url);
      const parsed = metricsSchema.safeParse(await response.json());
      // Other JSON that a node has saved is no measurement.
      return parsed.success ? [{ result, values: parsed.data }] : [];
    });
    Promise.all(reading).then(
      (found) => isShown && setMeasured(found.flat()),
      (reason: unknown) => isShown && setFailed(String(reason)),
    );
    return () => {
      isShown = false;
    };
  }, [key]);
  return { measured, failed };
}

function printMetric(value: number | undefined): string {
  if (value === undefined) return "–";
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
