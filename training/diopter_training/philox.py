"""Noise by position: Philox4x32-10 and Box-Muller, the same numbers as the engine's.

Source: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; constants
of the Random123 library.
"""

import numpy
from numpy.typing import NDArray

MULTIPLIERS = (numpy.uint64(0xD2511F53), numpy.uint64(0xCD9E8D57))
WEYL = (0x9E3779B9, 0xBB67AE85)
MASK = numpy.uint64(0xFFFFFFFF)
SHIFT = numpy.uint64(32)
ROUNDS = 10
Words = NDArray[numpy.uint64]


def philox4x32(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> tuple[Words, ...]:
    """Four arrays of 32-bit words (held in 64 bits) of equal shape -> four such arrays."""
    a, b, c, d = counter
    first, second = key
    for _ in range(ROUNDS):
        left, right = MULTIPLIERS[0] * a, MULTIPLIERS[1] * c
        key_first, key_second = numpy.uint64(first), numpy.uint64(second)
        a, b, c, d = (
            (right >> SHIFT) ^ b ^ key_first,
            right & MASK,
            (left >> SHIFT) ^ d ^ key_second,
            left & MASK,
        )
        first, second = (first + WEYL[0]) & 0xFFFFFFFF, (second + WEYL[1]) & 0xFFFFFFFF
    return a, b, c, d


def normal_pair(first: Words, second: Words) -> tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
    """Box and Muller: u = (first + 1) / 2^32, v = second / 2^32."""
    radius = numpy.sqrt(-2 * numpy.log((first.astype(numpy.float64) + 1) / 2**32))
    angle = 2 * numpy.pi * (second.astype(numpy.float64) / 2**32)
    return radius * numpy.cos(angle), radius * numpy.sin(angle)


def gaussian_noise(
    seed: int, step: int, channels: int, height: int, width: int, items: int = 1
) -> NDArray[numpy.float32]:
    """Standard normal [items, channels, height, width].

    Counter (x, y, item * 2^16 + channel // 4, step), key (seed mod 2^32, seed // 2^32); four
    channels share a block, channels 4k and 4k + 1 from words 0 and 1, the others from 2 and 3.
    """
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.uint64)
    noise = numpy.empty((items, channels, height, width), numpy.float32)
    key = (seed & 0xFFFFFFFF, seed >> 32)
    for item in range(items):
        for group in range(0, channels, 4):
            block = numpy.full_like(x, item * 0x10000 + group // 4)
            words = philox4x32((x, y, block, numpy.full_like(x, step)), key)
            planes = min(4, channels - group)
            normals = normal_pair(words[0], words[1])
            if planes > 2:
                normals += normal_pair(words[2], words[3])
            for plane in range(planes):
                noise[item, group + plane] = normals[plane]
    return noise
