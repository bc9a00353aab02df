"""Composite indicators on any table: plain numpy, and nothing that knows of social media."""
