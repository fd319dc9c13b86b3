// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Boundary } from "./boundary.js";

afterEach(cleanup);

const state = { isBroken: true };

function Panel() {
  if (state.isBroken) throw new Error("No such part.");
  return <p>Here again</p>;
}

it("keeps a fault to one panel, and tries again when asked", () => {
  vi.stubGlobal("reportError", () => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
  render(
    <>
      <Boundary>
        <Panel />
      </Boundary>
      <p>Beside it</p>
    </>,
  );
  expect(screen.getByRole("alert").textContent).toContain("No such part.");
  expect(screen.getByText("Beside it")).toBeDefined();
  state.isBroken = false;
  fireEvent.click(screen.getByText("Try again"));
  expect(screen.getByText("Here again")).toBeDefined();
});
