import { useContext, useEffect, useState } from "react";
import type { Analyst } from "./analyst.js";
import { AnalystContext } from "./page-analyst.js";

/** What is known of a question: the answer stays while a newer one is on its way. */
export interface Answered<T> {
  readonly value: T | undefined;
  readonly failed: string | undefined;
}

/**
 * Asks the analyst whenever `key` changes; answers that come too late are passed over. No question
 * while `key` is undefined.
 */
export function useAnswer<T>(
  key: string | undefined,
  question: (analyst: Analyst) => Promise<T>,
): Answered<T> {
  const analyst = useContext(AnalystContext);
  const [answered, setAnswered] = useState<Answered<T> & { readonly key?: string }>({
    value: undefined,
    failed: undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  useEffect(() => {
    if (key === undefined) return;
    let isWanted = true;
    question(analyst).then(
      (value) => isWanted && setAnswered({ key, value, failed: undefined }),
      (reason: unknown) => {
        const failed = reason instanceof Error ? reason.message : String(reason);
        if (isWanted) setAnswered({ key, value: undefined, failed });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [key, analyst]);
  return key === undefined ? { value: undefined, failed: undefined } : answered;
}
