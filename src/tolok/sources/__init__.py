"""The sources: what people bring, landed untouched, and read by the format it is in."""
