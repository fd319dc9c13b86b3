import { createStore } from "zustand/vanilla";
import { showPanel } from "./panes.js";

/** A picture that the viewer can show. */
export interface ViewerPicture {
  /** Stays the same while the same picture is meant, such as a result's hash or a node's preview. */
  readonly key: string;
  readonly label: string;
  /** Full resolution, on the server's own origin. */
  readonly url: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** The node and the job that made it. */
  readonly node?: string | undefined;
  readonly job?: string | undefined;
}

interface ViewerState {
  /** Up to four; the first is the one that others are compared with. */
  readonly pictures: readonly ViewerPicture[];
  /** Follows the results of the run that is shown. */
  readonly isFollowing: boolean;
}

const mostPictures = 4;

/** What the viewer shows. */
export const viewerStore = createStore<ViewerState>(() => ({ pictures: [], isFollowing: true }));

/** Shows these pictures, and opens the viewer's panel. */
export function openViewer(pictures: readonly ViewerPicture[]): void {
  viewerStore.setState({ pictures: pictures.slice(0, mostPictures), isFollowing: false });
  showPanel("bottom", "viewer");
}

/** Puts a picture beside those that are shown, in the place of the last where there are four. */
export function addToViewer(picture: ViewerPicture): void {
  const { pictures } = viewerStore.getState();
  const others = pictures.filter(({ key }) => key !== picture.key).slice(0, mostPictures - 1);
  openViewer([...others, picture]);
}

/** Shows what a run made, if nobody has chosen something else; the panel stays as it is. */
export function followResults(pictures: readonly ViewerPicture[]): void {
  if (!viewerStore.getState().isFollowing || pictures.length === 0) return;
  viewerStore.setState({ pictures: pictures.slice(0, mostPictures) });
}

/** Takes a picture out of the viewer; an empty one follows the runs again. */
export function closePicture(key: string): void {
  viewerStore.setState(({ pictures, isFollowing }) => {
    const left = pictures.filter((picture) => picture.key !== key);
    return { pictures: left, isFollowing: isFollowing || left.length === 0 };
  });
}
