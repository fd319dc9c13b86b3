/** Words about the connection to the server. */
export const connectionStrings = {
  answered: (status: number) => `The server answered with status ${status}.`,
  unreachable: "The server does not answer.",
  comesBack: "Your work is kept here. The page connects again by itself.",
  connected: "Connected",
  connecting: "Connecting…",
  lost: "Connection lost. Edits are kept and sent when the server is back.",
  back: "Connected again.",
  retry: "Try now",
  changedOutside: "The file was changed outside the editor and has been loaded again.",
  unreadable: "The server sent a workflow that this page cannot read.",
  reload: "Reload the page: the server may be newer than it.",
};
