"""What the page of results says beside its tables."""

HEAD = """\
# Does it find the best?

Nobody knows who was truly best in a real year. In a simulated one it is known, so a method can be
held to it. This page is written by `make validity`, which runs

```sh
{command}
```

It draws {seeds} editions in each of four worlds, without and with cheaters, ranks the same posts by
our method and by every published formula, and counts how many of the true {top} best of
{institutions} institutions are among the first {top} (the nominees), and how often the true best is
first. By chance alone these shares are {chance:.3f} and {first:.3f}. Rivals can win, and two of the
worlds are made for them. Behind ± stands the standard error over editions.

`tolok` is the category Most Engaging of `gsm-2025` as it is shipped, `tolok_engagement` its
indicator of engagement alone. The rivals are the formulas of [the switchboard](formulas.md) but
those that look at likes, comments or shares alone, and two plain ones: the mean rate of all posts,
and the median rate by platform, joined as the switchboard joins. Some formulas differ in next to
nothing here (`crowdtangle_account`, `quintly`, `orlo` and others); each is counted as a rival.

## In short

Places are by the true {top} among the nominees, and by the true best being first. A place is one
more than there are rivals with a higher share, however small the difference. The difference is in
the share of the true {top} among the nominees, taken edition by edition, from the rival that finds
most of them. The last column gives the places of `tolok_engagement`. Our goal: first where our
assumptions hold, never worse than second elsewhere."""

WHO_WINS = """\
The category asks how strongly the public responds, given how many people follow, and gives the
total a weight of 0.15 only. Whoever holds sheer volume for merit should rank by the total, or weigh
it more. Rivals are ahead here:"""

WHAT_IS_SIMULATED = """\
## What is simulated

These figures were set before any method was tried on them.

- 40 institutions of one cluster, all with an account on Facebook, Instagram and X, with a median of
  150 posts a year on each (spread 0.42 on the log scale).
- Followers spread by 1.5 on the log scale, as those of members of parliament do on X, and grow by
  about a fifth in the year.
- Quality spreads by 0.5 on the log scale between institutions, and by 0.25 more between the
  platforms of one. This is our assumption: it cannot be seen in real data.
- The log of a post's interactions spreads by 1.11 within an account, with a heavy right tail (a
  gamma law, skew 0.65). The weeks of an account share a shock of 0.25, of which 0.33 is carried to
  the next week; the weeks of all share one of 0.125. 4.6 % of interactions are comments and shares.
  So it is on Instagram in 127,696 posts of 27 state governments. Nobody sees shares on Instagram.
- Cheaters are 4 of the 40, drawn by lot, who buy as many reactions as they were given responses in
  the year: two spread them over all their posts, two put them on a tenth of them. The truth is that
  of the year before they bought.
- The same seed has the same competitors and the same luck in every world.

Not simulated: hidden counts, copies, absent platforms, accounts with few posts, spreads that differ
between accounts. The reference set of our scores is the 40 themselves.

The worlds:"""

COVERAGE = """\
## Do the intervals hold?

{seeds} editions in each world, nobody cheats, 200 draws, 5 sets of weights, all else as shipped.
The stated interval lies between 5 % and 95 % of the draws, so it should hold 0.9 of what it aims
at. `data` draws weeks anew, `method` varies the method, `all` does both. Four ranks are held
against it:

- **fresh year**: by our category in another year of the same quality (new posts, new luck);
- **moved year**: the same, but each account's level has moved by 0.43 on the log scale, as those of
  real public bodies do from one year to the next. No interval promises this;
- **long run**: by the mean score of 20 fresh years, in which luck evens out;
- **truth**: in the true order of the world, which our category may not measure.

"Ranks in it" is how many of the 40 ranks an interval spans, on average. The last column is the
share of a fresh year's ranks that the intervals of the three nominees alone hold."""

AFTER_COVERAGE = """\
A fresh year has luck of its own beside that of the year at hand, so even an exact interval for the
long run holds less than 0.9 of fresh years.

A probability of being a nominee is told by each source. Of the institutions told one between the
edges at the head (the upper one left out, but for 1), this share is nominated in the fresh year:"""
