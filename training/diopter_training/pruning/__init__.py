"""Which blocks of a denoiser stay (TinySR, depth pruning), and the methods it is compared with."""
