"""The tally of a jury: from scores to an order, how sure it is, and how many jurors it takes.

Pure: arrays in, frozen results out. Nothing here knows files, ballots, rounds or posts.
"""
