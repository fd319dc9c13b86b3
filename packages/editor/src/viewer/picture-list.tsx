import { Plus, Radio, Star, X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { fileAddress } from "../connection/api.js";
import { IconButton } from "../parts/button.js";
import { Menu } from "../parts/menu.js";
import {
  addToViewer,
  closePicture,
  documentStore,
  jobsStore,
  openViewer,
  type ViewerPicture,
  viewerStore,
} from "../state/index.js";
import { printAgo } from "../strings/quantities.js";
import { viewerStrings as words } from "../strings/viewer.js";
import { letterOf } from "./compare-modes.js";
import { otherPictures } from "./other-pictures.js";

/** The pictures that are shown: which one the others are compared with, and what to add. */
export function PictureList({ pictures }: { readonly pictures: readonly ViewerPicture[] }) {
  const isFollowing = useStore(viewerStore, (state) => state.isFollowing);
  return (
    <div className="picture-list">
      <ul>
        {pictures.map((picture, index) => (
          <li key={picture.key}>
            {pictures.length > 1 ? <span className="letter">{letterOf(index)}</span> : null}
            <span className="name" title={picture.label}>
              {picture.label}
            </span>
            {index === 0 ? null : (
              <IconButton
                label={words.makeFirst(picture.label)}
                onClick={() =>
                  openViewer([picture, ...pictures.filter(({ key }) => key !== picture.key)])
                }
              >
                <Star size={13} />
              </IconButton>
            )}
            <IconButton
              label={words.close(picture.label)}
              onClick={() => closePicture(picture.key)}
            >
              <X size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      <AddPicture shown={pictures} />
      <IconButton
        label={isFollowing ? words.following : words.follow}
        aria-pressed={isFollowing}
        onClick={() => viewerStore.setState({ isFollowing: !isFollowing })}
      >
        <Radio size={15} />
      </IconButton>
    </div>
  );
}

/** Adds one of the pictures that the workflow loads or that runs have made. */
export function AddPicture({ shown }: { readonly shown: readonly ViewerPicture[] }) {
  const [at, setAt] = useState<readonly [number, number]>();
  const items = () => {
    const { jobs } = jobsStore.getState();
    const found = otherPictures(documentStore.getState().document, jobs, shown, fileAddress);
    if (found.length === 0) {
      return [{ id: "none", label: words.noMore, disabled: true, run: () => undefined }];
    }
    return found.map((picture) => {
      const made = jobs.get(picture.job ?? "")?.ended;
      const ago = made === undefined ? "" : `, ${printAgo(made, Date.now())}`;
      return {
        id: picture.key,
        label: `${picture.label}${ago}`,
        run: () => addToViewer(picture),
      };
    });
  };
  return (
    <>
      <IconButton
        label={words.add}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt([left, bottom + 4]);
        }}
      >
        <Plus size={15} />
      </IconButton>
      {at === undefined ? null : (
        <Menu label={words.add} at={at} items={items()} onClose={() => setAt(undefined)} />
      )}
    </>
  );
}
