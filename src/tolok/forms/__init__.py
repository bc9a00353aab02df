"""What goes out to jurors and comes back, as files: ballots and declarations of ties.

Written and read as XLSX, CSV and JSON, and read as ODS. Reading depends on no word of a language
and guesses nothing: what a cell holds is told with its place, and whether it answers the form is
for the jury's room to say.
"""
