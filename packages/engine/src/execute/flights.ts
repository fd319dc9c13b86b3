import type { StepItem } from "./step-item.js";

/** Lets an item whose key is that of one that is running wait for its result. */
export class Flights {
  readonly #followers = new Map<string, StepItem[]>();

  /** True when another item with this key is under way; otherwise the item is, from now on. */
  join(item: StepItem): boolean {
    const key = sharedKey(item);
    if (key === undefined) return false;
    const followers = this.#followers.get(key);
    if (followers === undefined) this.#followers.set(key, []);
    else followers.push(item);
    return followers !== undefined;
  }

  /** The item has ended: those that have waited for it. */
  end(item: StepItem): readonly StepItem[] {
    const key = sharedKey(item);
    if (key === undefined) return [];
    const followers = this.#followers.get(key) ?? [];
    this.#followers.delete(key);
    return followers;
  }
}

/** Side effects happen each by themselves; fused nodes have keys of their own. */
function sharedKey({ state, keys }: StepItem): string | undefined {
  const { definition, id } = state.node;
  if (state.step.nodes.length > 1 || (definition.run && definition.sideEffect)) return undefined;
  return keys?.get(id);
}
