import { Box, FileQuestion, Files, Image as ImageIcon, Workflow } from "lucide-react";
import { useState } from "react";
import { type FileParameter, type FileSource, isPattern } from "./file-source.js";

interface ThumbnailProps {
  readonly path: string;
  readonly content: FileParameter["content"];
  readonly files: FileSource;
}

const icons = { image: ImageIcon, model: Box, workflow: Workflow, any: FileQuestion } as const;

/** A small picture of a file, or a sign for what it is. */
export function Thumbnail({ path, content, files }: ThumbnailProps) {
  const [failed, setFailed] = useState(false);
  const hasPicture = content === "image" && path !== "" && !isPattern(path) && !failed;
  if (hasPicture) {
    return (
      <img
        className="thumbnail"
        src={files.thumbnail(path, 256)}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setFailed(true)}
      />
    );
  }
  const Icon = isPattern(path) ? Files : icons[content];
  return (
    <span className="thumbnail" aria-hidden="true">
      <Icon size={18} strokeWidth={1.5} />
    </span>
  );
}
