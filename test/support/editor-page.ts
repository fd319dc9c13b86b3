import type { Locator, Page } from "playwright-core";

/** The editor as a person uses it, with mouse and keys. */
export class EditorPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  node(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`);
  }

  socket(node: string, side: "input" | "output", name: string): Locator {
    return this.node(node).locator(`[data-socket="${side}.${name}"]`);
  }

  /** Double clicks a free place of the canvas and chooses a node by its type. */
  async addByMouse(type: string, [x, y]: readonly [number, number]): Promise<void> {
    await this.page.locator(".canvas").dblclick({ position: { x, y } });
    await this.#choose(type);
  }

  /** Presses Space and chooses a node by its type. */
  async addByKeys(type: string): Promise<void> {
    await this.page.keyboard.press("Space");
    await this.#choose(type);
  }

  async #choose(type: string): Promise<void> {
    const field = this.page.locator(".search-menu input");
    await field.waitFor();
    await this.page.keyboard.type(type.replace("/", " "));
    await this.page.locator('.choice[aria-selected="true"]', { hasText: type }).waitFor();
    await this.page.keyboard.press("Enter");
    await field.waitFor({ state: "detached" });
  }

  /** Drags a wire from an output to an input, given as `node.port`. */
  async wire(from: string, to: string): Promise<void> {
    const [source = "", output = ""] = from.split(".");
    const [target = "", input = ""] = to.split(".");
    await this.dragTo(
      this.socket(source, "output", output).locator(".dot"),
      this.socket(target, "input", input).locator(".dot"),
    );
    await this.page
      .locator(`[data-node="${target}"] [data-socket="input.${input}"].wired`)
      .waitFor();
  }

  /** Wires an output to an input, given as `node.port`, through the menu of the output's socket. */
  async wireByKeys(from: string, to: string): Promise<void> {
    const [source = "", output = ""] = from.split(".");
    await this.focusByKeys(source);
    await this.press("Enter", "ArrowRight");
    const socket = this.socket(source, "output", output);
    while (!(await isFocused(socket))) await this.press("ArrowDown");
    await this.press("Enter");
    const item = this.page.getByRole("menuitem", { name: `${to}`, exact: false });
    await item.first().waitFor();
    while (!(await isFocused(item))) await this.press("ArrowDown");
    await this.press("Enter", "Escape");
    const [target = "", input = ""] = to.split(".");
    await this.page
      .locator(`[data-node="${target}"] [data-socket="input.${input}"].wired`)
      .waitFor({ state: "attached" });
  }

  /** Types a parameter's value into its field beside the canvas. */
  async setParameter(node: string, name: string, value: string): Promise<void> {
    await this.page.locator(".canvas").focus();
    await this.focusByKeys(node);
    const field = this.page.locator(`[data-parameter="${name}"] input:not([type="range"])`);
    await field.fill(value);
    await field.press("Enter");
  }

  /** Goes from node to node until the wanted one has the focus. */
  async focusByKeys(id: string): Promise<void> {
    for (let step = 0; step < 30; step++) {
      if (await isFocused(this.node(id))) return;
      await this.press("n");
    }
    throw new Error(`The keys do not reach ${id}.`);
  }

  /** Drags from the middle of one element to that of another. */
  async dragTo(from: Locator, to: Locator): Promise<void> {
    const [startX, startY] = await middle(from);
    const [endX, endY] = await middle(to);
    await this.drag([startX, startY], [endX, endY]);
  }

  /** Drags between two places of the window. */
  async drag([fromX, fromY]: Place, [toX, toY]: Place): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(fromX, fromY);
    await mouse.down();
    await mouse.move((fromX + toX) / 2, (fromY + toY) / 2);
    await mouse.move(toX, toY, { steps: 3 });
    await mouse.up();
  }

  /** What the library holds for a workflow. */
  async saved(id: string): Promise<unknown> {
    const url = new URL(`api/v1/workflows/${id}`, this.page.url());
    const response = await this.page.request.get(url.href);
    return response.json();
  }

  /** Presses keys one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}

/** A place of the window in pixels. */
export type Place = readonly [x: number, y: number];

/** The middle of an element in the window. */
export async function middle(element: Locator): Promise<Place> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("The element is not on the page.");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Whether an element has the focus. */
export function isFocused(element: Locator): Promise<boolean> {
  return element.and(element.page().locator(":focus")).isVisible();
}
