"""Verification: what was published is computed again from itself, and every difference is named."""
