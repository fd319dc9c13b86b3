"""Measures of image quality, by the formulas of their papers; pictures in [0, 1]."""
