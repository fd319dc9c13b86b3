import type { RunEvent } from "@diopter/engine";
import { z } from "zod";
import { runEventSchema } from "../protocol/index.js";
import type { QueueDatabase } from "./database.js";
import type { JobRow } from "./stored-job.js";

const batchRow = z.object({ body: z.string() });
const batchSchema = z.array(runEventSchema);

/** The events of every job, in batches as they came. */
export class EventStore {
  readonly #database: QueueDatabase;

  constructor(database: QueueDatabase) {
    this.#database = database;
  }

  /**
   * Stores what follows the job's last event.
   * @throws RangeError where numbers are missing.
   */
  append(job: Pick<JobRow, "number" | "last_event">, events: readonly RunEvent[]): void {
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    const isGapless = events.every((event, index) => event.sequence === job.last_event + 1 + index);
    if (!isGapless) throw new RangeError(`Event ${job.last_event + 1} of a job is missing.`);
    this.#database.run(
      "INSERT INTO events (job, first, last, body) VALUES (?, ?, ?, ?)",
      job.number,
      first.sequence,
      last.sequence,
      JSON.stringify(events),
    );
    const progress = events.findLast((event) => event.type === "run-progressed");
    this.#database.run(
      `UPDATE jobs SET last_event = ?, fraction = coalesce(?, fraction),
         remaining = coalesce(?, remaining) WHERE number = ?`,
      last.sequence,
      progress?.fraction ?? null,
      progress?.remaining ?? null,
      job.number,
    );
  }

  after(job: number, after: number, limit: number): readonly RunEvent[] {
    const events: RunEvent[] = [];
    const sql = "SELECT body FROM events WHERE job = ? AND last > ? ORDER BY first";
    for (const { body } of this.#database.all(batchRow, sql, job, after)) {
      for (const event of batchSchema.parse(JSON.parse(body))) {
        if (event.sequence > after && events.length < limit) events.push(event);
      }
    }
    return events;
  }
}
