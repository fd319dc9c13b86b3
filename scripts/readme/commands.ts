/**
 * The shell blocks of a Markdown text that a line `<!-- ci -->` right before marks as true of every
 * commit, each as one script, in order.
 */
export const markedCommands = (markdown: string): string[] =>
  [...markdown.matchAll(/^<!-- ci -->\n```sh\n([\s\S]*?)^```$/gm)].map(([, script]) =>
    (script ?? "").trim(),
  );
