"""The whole road at 0.9, 9 and 90 million rows, beside its rivals and the limits of the machine."""
