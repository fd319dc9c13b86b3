"""Fits the Gaussian that NIQE measures against, on sharp blocks of undistorted photographs.

    python3 fit_pristine.py PHOTOGRAPHS.tar ../../src/metrics/measures/pristine.json

The archive holds JPEG crops of 512 x 512; those with "gfx" in the name are no photographs and left
out. Of each crop the blocks count whose mean local deviation exceeds 0.75 of its sharpest block's.
The file holds statistics alone: the mean [36] and the lower triangle of the covariance, row by row.
"""

import argparse
import io
import json
import pathlib
import tarfile

import numpy
from PIL import Image
from reference import niqe_blocks


def luma_planes(path):
    with tarfile.open(path) as archive:
        for member in archive:
            if not member.name.endswith(".jpg") or "gfx" in member.name:
                continue
            picture = Image.open(io.BytesIO(archive.extractfile(member).read())).convert("RGB")
            yield numpy.asarray(picture) / 255 @ (0.299, 0.587, 0.114)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photographs", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    kept, crops = [], 0
    for plane in luma_planes(arguments.photographs):
        features, sharpness = niqe_blocks(plane)
        if len(features):
            kept.append(features[sharpness > 0.75 * sharpness.max()])
            crops += 1
    rows = numpy.concatenate(kept)
    lower = numpy.cov(rows, rowvar=False)[numpy.tril_indices(rows.shape[1])]
    rounded = {name: [float(f"{value:.8e}") for value in values]
               for name, values in (("mean", rows.mean(0)), ("covariance", lower))}
    content = {"crops": crops, "blocks": len(rows), **rounded}
    arguments.output.write_text(json.dumps(content, separators=(",", ":")) + "\n")


main()
