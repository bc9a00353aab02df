"""What the page of results says beside its tables."""

HEAD = """\
# Does a jury find the best?

Nobody knows which entry was truly best in a real year. In a simulated one it is known, so a tally
can be held to it, and so can what a decision says of itself. This page is written by
`make validity`, which runs

```sh
{command}
```

It gives the same whole-number scores of the same simulated panels to every [tally](jury-tally.md)
and counts how often the true best is first. A shared first place counts by its share. Panels whose
jurors do not join all entries find nothing, whatever the tally. Behind ± stands the standard error;
that of a difference is taken panel by panel. *Ahead* means by more than two of these. One that is
not ahead may still be better: see how large the error is.

`mean` is the plain mean of what is there; Tolok refuses it where scores are missing, and takes
`additive` there. With every score there the two are the same."""

IN_SHORT = """\
## In short

The mean over all sizes of panel (3, 4, 5, 7, 9 jurors, 3, 4, 5 entries); {panels} panels, nested,
so that a larger one adds jurors and entries to a smaller one. Best is who no other is ahead of."""

REFERENCE = """\
Five jurors, four entries, every score there, ordinary jurors: the plain mean finds the best in
{mean} of panels, z in {z}; z less mean {away}.
An earlier check of ours, in another world, had 0.802 and 0.796."""

AFTER_SHORT = """\
`clear` says that the winner hangs on no single juror. It does not say that the winner is surely the
best, least of all before a close field: for that there is `chance_best`. Nothing of the shipped
rules was changed by what is found here."""

WHAT_IS_SIMULATED = """\
## What is simulated

These figures were set before any tally was tried on them. They are assumptions, not measured on a
real jury. In points of a scale from 1 to 10, normally distributed:

- entries differ in merit by 1.0 (`close`: 0.35), and by 0.4 more in each of five criteria of equal
  weight. The truth is the mean over the rubric. All are around 6.5;
- criteria differ by 0.5 in how easy they are, for all;
- jurors differ by 0.8 in how lenient they are, and by 0.7 in their taste for an entry, the same in
  all criteria; one score strays by 0.8 more;
- scores are rounded, and cut at 1 and 10;
- `outliers`: 2 points off, and three times the taste and straying;
- `stretch`: what a juror sees, merit, taste and straying, is stretched by a factor that spreads by
  0.35 on the log scale.

Missing are all scores of an entry by a juror: one entry by lot (a recusal), or a fifth or two
fifths of all by lot. The same panels, with the same luck, stand in every world.

Not simulated: jurors who talk to each other, who favour one entry by interest, or whose recusals
have to do with merit; weights that differ; a nominee's place in the order of judging.

The worlds:"""

SIZES = """\
## Every size of panel

The share of panels in which the true best is first; standard errors are {error:.3f} at most.
**Bold** is ahead of both others."""

ALL = """\
## All five tallies

`random` and `rasch` take hundreds of times as long, so they are tried on {count} panels of five
jurors and four entries. The table has the share of the true best, and for each other tally its
difference from `additive`. Under `random` all entries tie where scores show no variance of
entries; the true best then counts by its share. Sheets that a tally refuses, being too few or too
sure, count as not found: {refused}."""

STATUS = """\
## Does the status mean what it says?

Five jurors, four entries, the tally and the limits as shipped; {count} panels of its own in each
world, half of them complete, half with one recusal. A winner of a contested result is the one by
the figures, on whom the panel has yet to vote. Joint winners count by their share."""

CHANCES = """\
## Are stated chances right?

The same panels. Of the first by the figures it is said how likely it is the best; `chance_best`
draws jurors and criteria, or jurors alone where the rules say so. A cell has the mean of what was
said and the share that came true, of so many. The truth here is the mean over this very rubric, so
one would expect chances to be right where jurors alone are drawn, and too low where criteria are
drawn too. The last row has what came true less what was said, over all: below 0 too much was
said."""

VOTES = """\
## Votes on pairs, or scores?

{count} panels of three entries, every pair put to every juror once, strengths by Bradley and Terry
as shipped. `scores` is their plain mean. `implied` are votes as each juror's own scores would have
them, equal ones being half a vote: what is lost by keeping only the order. `careful` are new votes
that stray as little as a whole ballot of five scores, `quick` ones that stray as one score. The
last three columns are differences from `scores`."""
