import {
  type InterfaceOption,
  interfaceOptions,
  type NodeRegistry,
  type WorkflowDocument,
} from "@diopter/engine";
import { usageError } from "../failure.js";
import { destinations } from "./destinations.js";
import { selectPictures } from "./pictures.js";

/** One run of the workflow: values for its public names. */
export interface RunItem {
  /** What people call it: the picture's path, or the workflow's name. */
  readonly name: string;
  readonly named: ReadonlyMap<string, string>;
  /** The absolute path of the result, where the command line decides it. */
  readonly result: string | undefined;
}

/** The runs that a command asks for. */
export interface RunItems {
  readonly items: readonly RunItem[];
  /** A folder or a pattern was given: skip what is done, go on after a failure. */
  readonly batch: boolean;
}

/**
 * One run, or one for each picture where the public name of a picture was given a folder or a
 * pattern. A parameter that takes many files itself is left to the workflow's own iteration.
 * @throws DiopterError `file/not-found`, `usage/invalid` for many pictures without a destination.
 */
export async function listItems(
  document: WorkflowDocument,
  registry: NodeRegistry,
  named: ReadonlyMap<string, string>,
  directory: string,
): Promise<RunItems> {
  const options = interfaceOptions(document, registry);
  const picture = options.find((option) => isOnePicture(option) && named.has(option.name));
  const given = picture === undefined ? undefined : named.get(picture.name);
  if (picture === undefined || given === undefined) {
    return { items: [{ name: document.name, named, result: undefined }], batch: false };
  }
  const { paths, many } = await selectPictures(given, directory);
  const destination = options.find((option) => option.parameter?.kind === "destination");
  if (destination === undefined) {
    if (!many) return { items: [item(paths[0] ?? given, named, picture)], batch: false };
    throw usageError(
      "The workflow gives its destination no public name, so many pictures would be one file.",
      'Add a name for it to the workflow\'s "interface", such as "output": "save.path".',
    );
  }
  const results = await destinations({
    pictures: paths,
    many,
    output: named.get(destination.name),
    preset: String(destination.value ?? ""),
    directory,
  });
  const items = paths.map((path, index) => item(path, named, picture, destination, results[index]));
  return { items, batch: many };
}

function isOnePicture({ parameter }: InterfaceOption): boolean {
  return parameter?.kind === "file" && parameter.content === "image" && parameter.many !== true;
}

function item(
  path: string,
  named: ReadonlyMap<string, string>,
  picture: InterfaceOption,
  destination?: InterfaceOption,
  result?: string,
): RunItem {
  const values = new Map(named).set(picture.name, path);
  if (destination !== undefined && result !== undefined) values.set(destination.name, result);
  return { name: path, named: values, result };
}
