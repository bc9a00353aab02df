"""Broken exports by the thousand: nothing crashes or hangs, and what is sound comes in."""
