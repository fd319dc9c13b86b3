import { openSocket, type ServedProcess } from "@diopter/server/testing";

/** A chain of sums through the WebSocket: from the request to the last event. */
export async function benchSocketChain(server: ServedProcess, length: number) {
  const { send, until, socket, messages, received } = await openSocket(
    `${server.origin.replace("http", "ws")}/api/v1/socket`,
  );
  send({ type: "hello", client: "bench" });
  await until(() => messages.find(({ type }) => type === "welcome"));
  const before = received();
  const started = performance.now();
  const { id } = await server.submit(chainOf(length));
  send({ type: "watch-job", job: id, after: 0 });
  await until(() =>
    messages.find(
      (message) =>
        message.type === "job-events" &&
        message.events.some((event) => event.type === "run-finished"),
    ),
  );
  const milliseconds = performance.now() - started;
  socket.terminate();
  return { milliseconds, bytes: received() - before };
}

function chainOf(length: number): object {
  // Numbers that no other run has, so that nothing is remembered.
  const value = Math.floor(Math.random() * 2 ** 40);
  const nodes = Array.from({ length }, (_, place) => [
    `n${place}`,
    {
      type: "test-nodes:number/add",
      version: 1,
      params: { value: place === 0 ? value : 1 },
      ...(place === 0 ? {} : { inputs: { terms: [`n${place - 1}`, "sum"] } }),
    },
  ]);
  return { diopter: 1, name: `Chain of ${length}`, nodes: Object.fromEntries(nodes) };
}
