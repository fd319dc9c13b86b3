/** Lets one piece of work through at a time, in the order of arrival. */
export class RunQueue {
  #last: Promise<unknown> = Promise.resolve();

  enter<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}
