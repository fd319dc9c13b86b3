"""Real-ESRGAN's two-stage degradation: recipes that are drawn, and their application.

Source: X. Wang et al., "Real-ESRGAN", ICCVW 2021; lighter ranges of J. Wang et al., StableSR.
"""
