// @vitest-environment happy-dom
import type { Parameter, ParameterValue } from "@diopter/engine/editing";
import { cleanup, configure, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import type { FileSource } from "./file-source.js";
import { ParameterRow } from "./parameter-row.js";

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const files: FileSource = {
  list: async () => [
    { path: "uploads/lake.png", ships: false, width: 640, height: 480 },
    { path: "examples/orchard.jpg", ships: true },
  ],
  upload: async (file) => ({ path: `uploads/${file.name}`, ships: false }),
  thumbnail: (path, size) => `/files?path=${path}&size=${size}`,
};

interface KeptProps {
  readonly parameter: Parameter;
  readonly initial: ParameterValue;
  readonly changes: string[];
}

/** A row that keeps what is chosen, and notes every change. */
function KeptRow({ parameter, initial, changes }: KeptProps) {
  const [kept, setKept] = useState(initial);
  return (
    <ParameterRow
      name="window"
      parameter={parameter}
      value={kept}
      files={files}
      onReset={() => setKept(parameter.default)}
      onChange={(next, phase) => {
        changes.push(`${next} ${phase}`);
        setKept(next);
      }}
    />
  );
}

function show(parameter: Parameter, initial: ParameterValue = parameter.default) {
  const changes: string[] = [];
  render(<KeptRow parameter={parameter} initial={initial} changes={changes} />);
  return changes;
}

const windowSize: Parameter = {
  kind: "integer",
  default: 33,
  min: 3,
  max: 255,
  odd: true,
  unit: "px",
  help: "Side of the square.",
};

const field = () => screen.getByRole<HTMLInputElement>("spinbutton");

describe("a number", () => {
  it("computes a formula on Enter", () => {
    const changes = show(windowSize);
    fireEvent.change(field(), { target: { value: "2^6 + 1" } });
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(changes).toEqual(["65 done"]);
    expect(field().value).toBe("65");
  });

  it("keeps a text that it cannot take, says why, and offers what it can", () => {
    const changes = show(windowSize);
    fireEvent.change(field(), { target: { value: "34" } });
    fireEvent.blur(field());
    expect(screen.getByRole("alert").textContent).toContain("34 is even.");
    expect(field().getAttribute("aria-invalid")).toBe("true");
    expect(changes).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Use 35 px" }));
    expect(changes).toEqual(["35 done"]);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("points out what is wrong in a formula", () => {
    show(windowSize);
    fireEvent.change(field(), { target: { value: "2 * foo" } });
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(screen.getByRole("alert").textContent).toContain('There is no "foo", character 5.');
    expect([field().selectionStart, field().selectionEnd]).toEqual([4, 7]);
  });

  it("steps by arrow keys along allowed values, farther with Ctrl", () => {
    const changes = show(windowSize);
    fireEvent.keyDown(field(), { key: "ArrowUp" });
    fireEvent.keyDown(field(), { key: "ArrowDown", ctrlKey: true });
    fireEvent.blur(field());
    expect(changes).toEqual(["35 live", "15 live", "15 done"]);
  });

  it("restores what stood there on Escape", () => {
    const changes = show(windowSize);
    fireEvent.change(field(), { target: { value: "99" } });
    fireEvent.keyDown(field(), { key: "Escape" });
    fireEvent.blur(field());
    expect(field().value).toBe("33");
    expect(changes).toEqual([]);
  });

  it("is dragged sideways, in one entry, and Escape takes the drag back", () => {
    const changes = show(windowSize);
    field().setPointerCapture = () => undefined;
    const at = (clientX: number) => ({ clientX, pointerId: 1, isPrimary: true, button: 0 });
    fireEvent.pointerDown(field(), at(100));
    fireEvent.pointerMove(field(), at(101));
    expect(changes).toEqual([]);
    fireEvent.pointerMove(field(), at(108));
    fireEvent.pointerUp(field(), at(108));
    expect(changes).toEqual(["37 live", "37 done"]);
    fireEvent.pointerDown(field(), at(0));
    fireEvent.pointerMove(field(), at(400));
    fireEvent.keyDown(window, { key: "Escape" });
    fireEvent.pointerMove(field(), at(500));
    expect(changes.at(-1)).toBe("37 done");
  });

  it("shows what is wrong with a value that stands in the document", () => {
    show(windowSize, "wide");
    expect(screen.getByRole("alert").textContent).toContain('"wide" is not an odd whole number');
  });

  it("has a slider over its soft limits, and the field goes beyond them", () => {
    const changes = show({ kind: "number", default: 1, min: 0, softMax: 2, max: 10, step: 0.1 });
    const slider = screen.getByRole<HTMLInputElement>("slider");
    expect([slider.min, slider.max]).toEqual(["0", "2"]);
    fireEvent.change(field(), { target: { value: "5" } });
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(changes).toEqual(["5 done"]);
    expect(slider.value).toBe("2");
  });
});

it("marks what differs from the default, and resets it", () => {
  show(windowSize, 65);
  expect(screen.getByText("Changed from the default")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Reset Window to 33 px" }));
  expect(field().value).toBe("33");
  expect(screen.queryByText("Changed from the default")).toBeNull();
});

it("shows help on demand and ties it to the field", () => {
  show(windowSize);
  const help = screen.getByRole("button", { name: "Help for Window" });
  expect(help.getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(help);
  const text = screen.getByText("Side of the square.");
  expect(field().getAttribute("aria-describedby")).toBe(text.id);
});

it("offers few options side by side and many in a list", () => {
  const changes = show({
    kind: "choice",
    default: "wavelet",
    options: ["wavelet", "adain", "none"],
  });
  fireEvent.click(screen.getByRole("radio", { name: "adain" }));
  expect(changes).toEqual(["adain done"]);
  cleanup();
  const options = ["nearest", "bilinear", "bicubic", "lanczos", "mitchell"];
  const more = show({ kind: "choice", default: "bicubic", options });
  fireEvent.change(screen.getByRole("combobox"), { target: { value: "lanczos" } });
  expect(more).toEqual(["lanczos done"]);
});

it("draws another seed", () => {
  const changes = show({ kind: "seed", default: 0 });
  fireEvent.click(screen.getByRole("button", { name: "New seed" }));
  const seed = Number(changes[0]?.split(" ")[0]);
  expect(Number.isSafeInteger(seed) && seed >= 0).toBe(true);
});

describe("a file", () => {
  const picture: Parameter = { kind: "file", default: "", content: "image" };

  it("is chosen from the library", async () => {
    const changes = show(picture);
    fireEvent.click(screen.getByRole("button", { name: /^Choose Window/ }));
    expect(await screen.findByRole("heading", { name: "Comes with Diopter" })).toBeTruthy();
    fireEvent.click(await screen.findByRole("button", { name: /lake\.png/ }));
    expect(changes).toEqual(["uploads/lake.png done"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is uploaded when it is dropped on the row", async () => {
    const changes = show(picture);
    const dropped = new File(["x"], "sea.png", { type: "image/png" });
    fireEvent.drop(screen.getByRole("group"), { dataTransfer: { files: [dropped] } });
    await screen.findByText("sea.png");
    expect(changes).toEqual(["uploads/sea.png done"]);
  });
});
