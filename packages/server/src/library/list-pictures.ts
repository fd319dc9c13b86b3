import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A picture of the library. */
export interface ListedPicture {
  /** What a file parameter of a document in the library's root is given. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

const pictureName = /^[^.].*\.(png|jpe?g|webp|tiff?|avif|gif)$/i;

/** The pictures in some of the library's folders, the newest first; a folder may be missing. */
export async function listPictures(
  library: string,
  folders: readonly string[],
): Promise<readonly ListedPicture[]> {
  const found = await Promise.all(folders.map((folder) => picturesIn(library, folder)));
  return found.flat().sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
}

async function picturesIn(library: string, folder: string): Promise<readonly ListedPicture[]> {
  const names = await readdir(join(library, folder)).catch(() => []);
  const pictures = await Promise.all(
    names
      .filter((name) => pictureName.test(name))
      .map(async (name) => {
        const file = await stat(join(library, folder, name)).catch(() => undefined);
        if (file?.isFile() !== true) return [];
        return [{ path: `${folder}/${name}`, bytes: file.size, modified: file.mtimeMs }];
      }),
  );
  return pictures.flat();
}
