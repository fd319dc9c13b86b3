import { deviceNames } from "@diopter/engine";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Terminal } from "./terminal.js";
import { version } from "./version.js";

const exitCodes = `
Exit codes:
  0  all done                       5  model or weights
  1  a defect in Diopter            6  device, or a node's run
  2  wrong use of the command       7  the result could not be written
  3  the workflow                   8  some pictures of a batch failed
  4  a picture or other input file  130  cancelled
`;

const runHelp = `
The workflow gives some of its parameters public names; each is an option:
  $ diopter run workflows/upscale.json --image photo.jpg --output large.png
  $ diopter run workflows/upscale.json --help          the names of this workflow

--image takes a file, a folder, or a pattern in quotes. Of many pictures those that are done
already are skipped, and one that fails does not stop the others:
  $ diopter run workflows/upscale.json --image "photos/*.jpg" --output large/

Any other parameter is reached through its node:
  $ diopter run workflows/upscale.json --image photo.jpg --set sample.steps=8
`;

const evalHelp = `
Measures every workflow of the plan with every set of parameters on every picture, degraded with
fixed seeds, and writes report.html (one file), results.csv and results.json. Started again with the
same output folder it goes on where it was:
  $ diopter eval plans/tss-table2.json --limit 4
  $ diopter eval plans/tss-table2.json --pictures examples --output output/trial
`;

/** How a command ends: its exit code goes to `exit`. */
export interface ProgramContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  exit(code: number): void;
}

/** The command line of Diopter. What a command needs is loaded when it is called. */
export function createProgram({ terminal, signal, exit }: ProgramContext): Command {
  const program = new Command("diopter")
    .description("Enlarges photographs with workflows of diffusion models.")
    .version(version)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText("after", exitCodes)
    .exitOverride();
  const json = () => new Option("--json", "for programs").default(false);

  program
    .command("run")
    .description("Run a workflow.")
    .argument("<workflow>", "a workflow file (JSON)")
    .argument("[options...]", "--NAME VALUE for every public name of the workflow")
    .option("--set <node.parameter=value>", "set any parameter; may be repeated", collect, [])
    .option("--target <node>", "run only what this node needs; may be repeated", collect)
    .option("--seed <number>", "the seed of the noise")
    .addOption(new Option("--device <name>", "where to compute").choices(deviceNames))
    .option("--no-cache", "do not use results that earlier runs left on disk")
    .option("--force", "do finished pictures of a batch again", false)
    .option("--report <file>", "write what each node did, as JSON")
    .option("--quiet", "no progress", false)
    .addOption(new Option("--json", "one event a line on standard output").default(false))
    .option("-h, --help", "this text, and the public names of the workflow")
    .helpOption(false)
    .addHelpText("after", runHelp)
    .allowUnknownOption()
    .action(async (workflow: string, words: string[], options, command: Command) => {
      if (options.help === true) {
        const { describeInterface } = await import("./run/describe-interface.js");
        command.outputHelp();
        terminal.out(await describeInterface(workflow, terminal));
        return exit(0);
      }
      const { runCommand } = await import("./commands/run.js");
      exit(await runCommand(workflow, words, options, terminal, signal));
    });

  program
    .command("eval")
    .description("Compare workflows over pictures, as a plan says.")
    .argument("<plan>", "a plan file (JSON)")
    .option("--limit <number>", "at most so many pictures, from the plan's folders in turns")
    .option("--output <folder>", "where results go (default: output/eval/NAME OF THE PLAN)")
    .option("--pictures <folder>", "sharp pictures in the place of the plan's")
    .addOption(new Option("--device <name>", "where to compute").choices(deviceNames))
    .option("--no-resume", "measure everything anew")
    .option("--no-cache", "do not use results that earlier runs left on disk")
    .option("--quiet", "no progress", false)
    .addHelpText("after", evalHelp)
    .action(async (plan: string, options) => {
      const { evalCommand } = await import("./commands/eval.js");
      exit(await evalCommand(plan, options, terminal, signal));
    });

  program
    .command("serve")
    .description("Serve the editor and the API.")
    .option("--host <address>", "where to listen (default: this machine alone)")
    .option("--port <number>", "the port; 0 takes any that is free (default: 8188)")
    .option("--data <folder>", "the folder of queue, workflows and results")
    .option("--token <text>", "what requests must know; needed on addresses others can reach")
    .option("--device <name>", "where to compute; may be repeated", collect)
    .option("--config <file>", "the configuration file")
    .action(async (options) => {
      const { serveCommand } = await import("./commands/serve.js");
      exit(await serveCommand(options, terminal, signal));
    });

  program
    .command("check")
    .description("Check workflows without running them.")
    .argument("<workflow...>", "workflow files")
    .addOption(json())
    .action(async (paths: string[], options) => {
      const { checkCommand } = await import("./commands/check.js");
      exit(await checkCommand(paths, options, terminal));
    });

  program
    .command("nodes")
    .description("List the nodes, or explain one of them.")
    .argument("[type]", "such as image/load")
    .addOption(json())
    .action(async (type: string | undefined, options) => {
      const { nodesCommand } = await import("./commands/nodes.js");
      exit(await nodesCommand(type, options, terminal));
    });

  program
    .command("models")
    .description("List the models that ship.")
    .addOption(json())
    .action(async (options) => {
      const { modelsCommand } = await import("./commands/models.js");
      exit(await modelsCommand(options, terminal));
    });

  program
    .command("new")
    .description("Write a workflow to start from.")
    .argument("<file>", "the new file")
    .option("--from <name>", "the workflow to copy", "upscale")
    .action(async (path: string, options) => {
      const { newCommand } = await import("./commands/new.js");
      exit(await newCommand(path, options, terminal));
    });

  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  }
  return program;
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return [...previous, value];
}
