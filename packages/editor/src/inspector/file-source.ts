import { api, fileAddress } from "../connection/api.js";
import type { FileSource, LibraryFile } from "../controls/file-source.js";

/** The server's library, for the pickers of files. */
export const libraryFiles: FileSource = {
  list: async (content) => {
    switch (content) {
      case "model":
        return models();
      case "workflow":
        return workflows();
      default:
        return pictures();
    }
  },
  upload: async (file) => ({ ...(await api.upload(file, file.name)), ships: false }),
  thumbnail: fileAddress,
};

async function pictures(): Promise<readonly LibraryFile[]> {
  const { files } = await api.uploads();
  return files.map((file) => ({ ...file, ships: file.path.startsWith("examples/") }));
}

async function models(): Promise<readonly LibraryFile[]> {
  const list = await api.models();
  return list.models.map(({ name, bytes, ships }) => ({ path: name, bytes, ships }));
}

async function workflows(): Promise<readonly LibraryFile[]> {
  const list = await api.workflows();
  return list.workflows.map(({ id }) => ({ path: `${id}.json`, ships: false }));
}
