// @vitest-environment happy-dom
import type { NodeDescriptor } from "@diopter/engine/editing";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setDescriptors } from "../state/descriptors.js";
import { openDocument, undo } from "../state/documents.js";
import { documentStore, jobsStore, selectNodes, showParameter } from "../state/index.js";
import { noticesStore } from "../state/notices.js";
import { unknownRun } from "../state/run-status.js";
import { InspectorPanel } from "./inspector-panel.js";

const resize: NodeDescriptor = {
  type: "image/resize",
  subject: "image",
  version: 1,
  title: "Resize",
  help: "Makes a picture larger or smaller.",
  source: "Duff, 1989",
  kind: "graph",
  inputs: { image: { socket: "IMAGE" } },
  params: {
    scale: { kind: "number", default: 2, min: 0.1, max: 16, unit: "×" },
    kernel: { kind: "choice", default: "cubic", options: ["cubic", "linear"] },
  },
  outputs: { image: { socket: "IMAGE" } },
  sideEffect: false,
  deterministic: true,
};

beforeEach(() => {
  setDescriptors([resize], "1");
  noticesStore.setState({ notices: [] });
  jobsStore.setState({ run: unknownRun });
  openDocument({
    diopter: 1,
    name: "Two sizes",
    nodes: {
      small: { type: "image/resize", version: 1, params: { scale: 0.5 } },
      large: { type: "image/resize", version: 1, inputs: { image: ["small", "image"] } },
      strange: { type: "other-package:image/magic", version: 3, params: { power: 7 } },
    },
  });
  selectNodes([]);
});
afterEach(cleanup);

const node = (id: string) => documentStore.getState().document.nodes[id];
const options = () => documentStore.getState().document.interface;
const show = (...ids: readonly string[]) => {
  selectNodes(ids);
  render(<InspectorPanel />);
};
const type = (field: HTMLElement, value: string) => {
  fireEvent.change(field, { target: { value } });
  fireEvent.keyDown(field, { key: "Enter" });
};

describe("one node", () => {
  it("is edited by commands that undo takes back", () => {
    show("small");
    type(screen.getByRole("spinbutton", { name: "Scale" }), "3");
    expect(node("small")?.params.scale).toBe(3);
    fireEvent.click(screen.getByRole("button", { name: "Reset Scale to 2 ×" }));
    expect(node("small")?.params.scale).toBeUndefined();
    act(() => void undo());
    act(() => void undo());
    expect(node("small")?.params.scale).toBe(0.5);
  });

  it("writes nothing when a field with the default is entered and left", () => {
    show("large");
    const field = screen.getByRole("spinbutton", { name: "Scale" });
    fireEvent.focus(field);
    fireEvent.blur(field);
    expect(node("large")?.params.scale).toBeUndefined();
    expect(documentStore.getState().undoLabel).toBeUndefined();
  });

  it("makes one step of undo of several keys", () => {
    show("small");
    const field = screen.getByRole("spinbutton", { name: "Scale" });
    for (let press = 0; press < 3; press += 1) fireEvent.keyDown(field, { key: "ArrowUp" });
    fireEvent.blur(field);
    expect(node("small")?.params.scale).toBeCloseTo(0.8, 9);
    act(() => void undo());
    expect(node("small")?.params.scale).toBe(0.5);
  });

  it("is exposed with one press, and its public name is changed in place", () => {
    show("small");
    fireEvent.click(screen.getByRole("button", { name: "Expose Scale in the interface" }));
    expect(options()).toEqual({ scale: "small.scale" });
    const name = screen.getByRole("textbox", { name: "Public name" });
    fireEvent.change(name, { target: { value: "two words" } });
    expect(screen.getByRole("alert").textContent).toMatch(/letters, digits and hyphens/);
    fireEvent.change(name, { target: { value: "size" } });
    fireEvent.blur(name);
    expect(options()).toEqual({ size: "small.scale" });
    act(() => void undo());
    expect(options()).toEqual({ scale: "small.scale" });
    fireEvent.click(screen.getByRole("button", { name: /^Scale is exposed/ }));
    expect(options()).toEqual({});
  });

  it("is renamed, muted and given a title", () => {
    show("small");
    fireEvent.click(screen.getByRole("radio", { name: "Muted" }));
    expect(node("small")?.mode).toBe("muted");
    fireEvent.change(screen.getByRole("textbox", { name: "Title" }), {
      target: { value: "Shrink" },
    });
    expect(node("small")?.title).toBe("Shrink");
    const id = screen.getByRole("textbox", { name: "Id" });
    fireEvent.change(id, { target: { value: "large" } });
    expect(screen.getByRole("alert").textContent).toMatch(/not the id of another node/);
    type(id, "shrink");
    expect(node("shrink")?.title).toBe("Shrink");
    expect(node("large")?.inputs.image).toEqual(["shrink", "image"]);
  });

  it("shows what it is connected with, and goes there", () => {
    show("large");
    expect(screen.getByText("Source: Duff, 1989")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: /^Select small/ }));
    expect(screen.getByRole("textbox", { name: "Id" })).toHaveProperty("value", "small");
  });

  it("shows an error of the last run at the parameter, with its remedy", () => {
    const error = {
      code: "node/invalid-value",
      message: "The picture would be empty.",
      remedy: "Choose a larger scale.",
      node: "small",
      port: "scale",
    } as const;
    const nodes = new Map([["small", { state: "failed", error } as const]]);
    jobsStore.setState({ run: { ...unknownRun, nodes } });
    show("small");
    const scale = screen.getByRole("spinbutton", { name: "Scale" });
    const [, faultId] = (scale.getAttribute("aria-describedby") ?? "").match(/(\S+-fault)/) ?? [];
    expect(document.getElementById(faultId ?? "")?.textContent).toContain("Choose a larger scale.");
    const run = within(screen.getByRole("region", { name: "Last run" }));
    expect(run.getByRole("alert").textContent).toContain("node/invalid-value");
  });

  it("focuses the parameter that somebody asks for", () => {
    render(<InspectorPanel />);
    act(() => showParameter("small", "kernel"));
    expect(document.activeElement?.getAttribute("value")).toBe("cubic");
    act(() => showParameter("small", "scale"));
    expect(document.activeElement?.getAttribute("role")).toBe("spinbutton");
  });

  it("of a type that is not installed keeps its values and says what is missing", () => {
    show("strange");
    expect(screen.getByRole("note").textContent).toContain("Install the package other-package");
    expect(screen.getByRole("spinbutton", { name: "Power" })).toHaveProperty("value", "7");
  });
});

describe("several nodes", () => {
  it("of one type are changed together, in one step of undo", () => {
    show("small", "large");
    const scale = screen.getByRole<HTMLInputElement>("spinbutton", { name: "Scale" });
    expect([scale.value, scale.placeholder]).toEqual(["", "mixed"]);
    type(scale, "4");
    expect([node("small")?.params.scale, node("large")?.params.scale]).toEqual([4, 4]);
    act(() => void undo());
    expect([node("small")?.params.scale, node("large")?.params.scale]).toEqual([0.5, undefined]);
  });

  it("of different types share only whether they run", () => {
    show("small", "strange");
    expect(screen.queryByRole("spinbutton")).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "Bypassed" }));
    expect([node("small")?.mode, node("strange")?.mode]).toEqual(["bypassed", "bypassed"]);
  });
});

it("shows the workflow where nothing is selected", () => {
  show();
  fireEvent.change(screen.getByRole("textbox", { name: "Name" }), {
    target: { value: "New name" },
  });
  expect(documentStore.getState().document.name).toBe("New name");
  expect(screen.getByText("3 nodes, 1 wire")).toBeTruthy();
});
