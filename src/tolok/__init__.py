"""Tolok: benchmark, nominees and awards of public bodies' social media, for anyone to recompute."""

from importlib.metadata import version

__version__ = version("tolok")
