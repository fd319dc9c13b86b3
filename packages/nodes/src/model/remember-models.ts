import type { Checkpoint } from "../architectures/index.js";

const mostRemembered = 16;

/**
 * Keeps the models that were built last: a model holds graphs and no weights, so that a workflow
 * that runs ten thousand times builds each once. Known by the file's place and content and by the
 * options, so another file under the same name is another model.
 */
export function rememberModels<Model>() {
  const models = new Map<string, Model>();
  return ({ file, hash }: Checkpoint, options: string, build: () => Model): Model => {
    const key = JSON.stringify([file.path, hash, options]);
    const model = models.get(key) ?? build();
    models.delete(key);
    models.set(key, model);
    const [oldest] = models.keys();
    if (models.size > mostRemembered && oldest !== undefined) models.delete(oldest);
    return model;
  };
}
