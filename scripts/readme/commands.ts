/**
 * The shell blocks of a Markdown text that a line `<!-- ci -->` right before marks as true of every
 * commit, each as one script, in order.
 */
export const markedCommands = (markdown: string): string[] =>
  [...markdown.matchAll(/^<!-- ci -->\n```sh\n([\s\S]*?)^```$/gm)].map(([, script]) =>
    (script ?? "").trim(),
  );

/** A command that serves until it is told to stop, and where it then answers. */
export interface ServingCommand {
  readonly command: string;
  readonly url: string;
}

/** The shell blocks that a line `<!-- ci serves URL -->` marks. */
export const servingCommands = (markdown: string): ServingCommand[] =>
  [...markdown.matchAll(/^<!-- ci serves (\S+) -->\n```sh\n([\s\S]*?)^```$/gm)].map(
    ([, url, script]) => ({ url: url ?? "", command: (script ?? "").trim() }),
  );
