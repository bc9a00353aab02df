"""Metrics: definitions compiled to one SELECT a grain, and the tables they are run on."""
