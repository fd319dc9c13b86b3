import type { CDPSession, Page } from "playwright-core";
import type { Place } from "./editor-page.js";

/** Fingers on a touch screen, as many as there are places. */
export class Fingers {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  /** Puts fingers down one after the other. */
  async press(...places: readonly Place[]): Promise<void> {
    for (let count = 1; count <= places.length; count++) {
      await this.#send("touchStart", places.slice(0, count));
    }
  }

  async move(...places: readonly Place[]): Promise<void> {
    await this.#send("touchMove", places);
  }

  async lift(): Promise<void> {
    await this.#send("touchEnd", []);
  }

  /** Both at once: on a busy machine an answer may take as long as a long press. */
  async tap(place: Place): Promise<void> {
    await Promise.all([this.press(place), this.lift()]);
  }

  async drag([fromX, fromY]: Place, to: Place): Promise<void> {
    await this.press([fromX, fromY]);
    await this.move([(fromX + to[0]) / 2, (fromY + to[1]) / 2]);
    await this.move(to);
    await this.lift();
  }

  async #send(type: "touchStart" | "touchMove" | "touchEnd", places: readonly Place[]) {
    const touchPoints = places.map(([x, y], id) => ({ x, y, id }));
    await this.#session.send("Input.dispatchTouchEvent", { type, touchPoints });
  }
}
