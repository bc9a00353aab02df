"""The press kit: a release an award in the organiser's words, and its chart as a picture."""
