import type { StepItem } from "./step-item.js";

/**
 * Items that could run now. What is nearest to a result comes first, so that finished values are
 * used and released before new ones are begun; then what is earliest in the iteration. A binary
 * heap: both operations take logarithmic time.
 */
export class ReadyQueue {
  readonly #heap: StepItem[] = [];

  get size(): number {
    return this.#heap.length;
  }

  push(item: StepItem): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(item);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !comesBefore(item, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = item;
  }

  pop(): StepItem | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) sink(heap, last);
    return first;
  }
}

function sink(heap: StepItem[], item: StepItem): void {
  let place = 0;
  for (;;) {
    const child = earlierChild(heap, 2 * place + 1);
    const lower = heap[child];
    if (lower === undefined || !comesBefore(lower, item)) break;
    heap[place] = lower;
    place = child;
  }
  heap[place] = item;
}

function earlierChild(heap: readonly StepItem[], left: number): number {
  const [a, b] = [heap[left], heap[left + 1]];
  return a !== undefined && b !== undefined && comesBefore(b, a) ? left + 1 : left;
}

function comesBefore(a: StepItem, b: StepItem): boolean {
  if (a.state.position !== b.state.position) return a.state.position > b.state.position;
  for (const [depth, place] of a.index.entries()) {
    const other = b.index[depth] ?? 0;
    if (place !== other) return place < other;
  }
  return false;
}
