import type { Job } from "@diopter/server/protocol";
import { useEffect, useState } from "react";
import { Button } from "../parts/button.js";
import { queueStrings as words } from "../strings/queue.js";
import { fetchOlder } from "./actions.js";
import { EndedJob } from "./ended-job.js";

const pageSize = 30;

/** What has run, the newest first, page by page. */
export function History({ jobs }: { readonly jobs: readonly Job[] }) {
  const [shown, setShown] = useState(pageSize);
  const [hasOlder, setHasOlder] = useState(true);
  const last = jobs.at(-1);
  const now = useNow();
  const showMore = async () => {
    if (shown >= jobs.length && last !== undefined) setHasOlder(await fetchOlder(last));
    setShown(shown + pageSize);
  };
  const isLong = jobs.length >= pageSize && (shown < jobs.length || hasOlder);
  return (
    <section className="queue-history" aria-label={words.history}>
      <header className="queue-head">
        <h3>{words.history}</h3>
      </header>
      {jobs.length === 0 ? <p className="empty">{words.noHistory}</p> : null}
      <ul className="jobs">
        {jobs.slice(0, shown).map((job) => (
          <EndedJob key={job.id} job={job} now={now} />
        ))}
      </ul>
      {isLong ? (
        <Button tone="quiet" onClick={showMore}>
          {words.more}
        </Button>
      ) : null}
    </section>
  );
}

/** The time, which goes on once in a while: how long ago a job ended is told in minutes. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
