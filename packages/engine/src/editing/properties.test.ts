import fc from "fast-check";
import type { Patch } from "immer";
import { expect, test } from "vitest";
import { findCycles } from "../document/check-cycles.js";
import { planWorkflow } from "../plan/index.js";
import { anyCommand } from "./any-command.test-support.js";
import { example, refusalOf, registry } from "./commands.test-support.js";
import {
  applyCommand,
  type EditCommand,
  type FilledDocument,
  fillDocument,
  History,
  historyEntry,
  Replica,
  readCommand,
  readWorkflow,
  serializeWorkflow,
  trimDocument,
  viewOf,
  viewSchema,
  wiresOf,
} from "./index.js";

/** Applies what is not refused. A refusal is a DiopterError, or the test fails. */
function tryAll(document: FilledDocument, commands: readonly EditCommand[]): FilledDocument {
  let current = document;
  for (const command of commands) {
    refusalOf(() => {
      current = applyCommand(current, command, registry).document;
    });
  }
  return current;
}

function isSound(document: FilledDocument): boolean {
  const ids = new Set(Object.keys(document.nodes));
  const sources = Object.values(document.nodes).flatMap(({ inputs }) =>
    Object.values(inputs).flatMap((wired) => wiresOf(wired).map(([source]) => source)),
  );
  const owners = Object.values(document.interface).map((target) => target.split(".")[0] ?? "");
  return [...sources, ...owners, ...Object.keys(document.view.positions)].every((id) =>
    ids.has(id),
  );
}

const start = fillDocument(example);

test("any sequence of commands keeps the document valid", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
      const document = tryAll(start, commands);
      readWorkflow(JSON.parse(JSON.stringify(document)), registry);
      viewSchema.parse(document.view);
      expect(findCycles(document)).toEqual([]);
      expect(isSound(document)).toBe(true);
    }),
  );
});

function patched(document: FilledDocument, patches: readonly Patch[]): FilledDocument {
  const command = readCommand({ kind: "patch", patches, label: "" });
  return applyCommand(document, command, registry).document;
}

test("the inverse restores exactly what was, and the patches make again what came", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 12 }), anyCommand, (commands, last) => {
      const before = tryAll(start, commands);
      refusalOf(() => {
        const { document, patches, inverse } = applyCommand(before, last, registry);
        expect(patched(document, inverse)).toEqual(before);
        expect(patched(before, patches)).toEqual(document);
      });
    }),
  );
});

test("undoing all the way and redoing all the way goes through the same states", () => {
  // What names a node that is not there would be taken along when another gets that name.
  const command = anyCommand.filter((one) => !("name" in one && one.name === "over"));
  const first = tryAll(start, [{ kind: "reset-parameter", node: "both", name: "over" }]);
  // Drags and typing: edits with one key join, unless the row was ended between them.
  const key = fc.constantFrom(undefined, undefined, "drag", "type");
  const step = fc.record({ command, key, isEnd: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const history = new History();
      let document = first;
      for (const { command, key, isEnd } of steps) {
        refusalOf(() => {
          const applied = applyCommand(document, command, registry);
          document = applied.document;
          history.push(historyEntry(command, applied, { label: command.kind, key }));
        });
        if (isEnd) history.seal();
      }
      const end = document;
      for (let undo = history.undo(document); undo; undo = history.undo(document)) {
        const applied = applyCommand(document, undo, registry);
        history.undone(applied);
        document = applied.document;
      }
      expect(document).toEqual(first);
      for (let redo = history.redo(document); redo; redo = history.redo(document)) {
        const applied = applyCommand(document, redo, registry);
        history.redone(applied);
        document = applied.document;
      }
      expect(document).toEqual(end);
    }),
  );
});

test("undo while others edit never breaks the document", () => {
  const step = fc.tuple(fc.constantFrom("me", "other", "undo"), anyCommand);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const history = new History();
      let document = start;
      const edit = (command: EditCommand | undefined, isMine: boolean) => {
        if (command === undefined) return;
        const applied = applyCommand(document, command, registry);
        document = applied.document;
        if (isMine) history.push(historyEntry(command, applied, { label: "" }));
      };
      for (const [who, command] of steps) {
        // What others have set since is refused, as an edit can be.
        refusalOf(() => edit(who === "undo" ? history.undo(document) : command, who === "me"));
        if (who === "undo") history.undone();
      }
      readWorkflow(JSON.parse(JSON.stringify(document)), registry);
      expect(findCycles(document)).toEqual([]);
      expect(isSound(document)).toBe(true);
    }),
  );
});

test("two replicas that edit at the same time end with the server's document", () => {
  const step = fc.tuple(fc.constantFrom(0, 1), anyCommand, fc.nat(3), fc.nat(3));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const server = new TestServer();
      const replicas = [0, 1].map(() => new Replica(example, 0, registry));
      steps.forEach(([who, command, first, second], index) => {
        refusalOf(() => {
          replicas[who]?.apply(`${index}`, command);
          server.incoming.push({ who, edit: `${index}`, command });
        });
        // The server works and the clients listen at their own pace.
        if (first > 0) server.work();
        replicas.forEach((replica, at) => {
          server.deliver(replica, at, [first, second][at] ?? 0);
        });
      });
      while (server.incoming.length > 0) server.work();
      replicas.forEach((replica, at) => {
        server.deliver(replica, at, Number.POSITIVE_INFINITY);
      });
      for (const replica of replicas) {
        expect(replica.document).toEqual(server.document);
        expect(replica.pending).toEqual([]);
      }
    }),
  );
});

interface Answer {
  readonly edit: string;
  readonly command?: EditCommand;
  readonly revision: number;
}

/** Puts edits in an order and tells both clients of it. */
class TestServer {
  document: FilledDocument = start;
  readonly incoming: { who: number; edit: string; command: EditCommand }[] = [];
  readonly #outgoing: [Answer[], Answer[]] = [[], []];
  #revision = 0;

  work(): void {
    const next = this.incoming.shift();
    if (next === undefined) return;
    const { who, edit, command } = next;
    const refused = refusalOf(() => {
      this.document = applyCommand(this.document, command, registry).document;
    });
    if (refused !== undefined) this.#outgoing[who === 0 ? 0 : 1].push({ edit, revision: 0 });
    else {
      this.#revision += 1;
      for (const queue of this.#outgoing) queue.push({ edit, command, revision: this.#revision });
    }
  }

  deliver(replica: Replica, who: number, count: number): void {
    const queue = this.#outgoing[who === 0 ? 0 : 1];
    for (const { edit, command, revision } of queue.splice(0, count)) {
      if (command === undefined) replica.refuse(edit);
      else expect(replica.receive({ edit, command, revision })).toBe("applied");
    }
  }
}

test("what the view says changes no plan, so no result and no cache key", () => {
  const view = anyCommand.filter(({ kind }) => /frame|reroutes|collapsed|sizes|^move/.test(kind));
  const document = tryAll(start, [
    { kind: "remove-nodes", ids: ["odd"] },
    { kind: "reset-parameter", node: "both", name: "over" },
  ]);
  const planned = JSON.stringify(planWorkflow(document, registry).steps);
  fc.assert(
    fc.property(fc.array(view, { maxLength: 10 }), (commands) => {
      const moved = tryAll(document, commands);
      expect(JSON.stringify(planWorkflow(moved, registry).steps)).toBe(planned);
    }),
  );
});

test("a file keeps no empty tables, and reading it back gives the same document", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 12 }), (commands) => {
      const document = tryAll(start, commands);
      const text = serializeWorkflow(trimDocument(document));
      expect(text).not.toMatch(/"(params|inputs|interface|view|frames)": \{\}/);
      expect(fillDocument(readWorkflow(JSON.parse(text), {}))).toEqual(document);
    }),
  );
});

test("a malformed view keeps no document from being opened", () => {
  const view = { positions: { a: [1, 2] }, frames: [{ id: "list" }], sizes: "none", more: 1 };
  expect(viewOf({ view })).toMatchObject({ positions: { a: [1, 2] }, frames: {}, more: 1 });
  expect(viewOf({ view: 7 })).toMatchObject({ positions: {}, collapsed: {} });
});
