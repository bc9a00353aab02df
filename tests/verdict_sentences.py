"""The sentences of every verdict: a case, changes of the panel, and both languages."""

from dataclasses import replace
from typing import Any

from tests.verdict_cases import STATES, A, B, C, Judged

OPEN = Judged("decided_by_vote", (A,), "contested", "changes_without_juror:2")
EVEN = Judged("shared", (A, B), "tied", "equal", (7.0, 7.0, 5.0))
Told = tuple[Judged, dict[str, Any], tuple[str, ...], tuple[str, ...]]
EQUAL = (
    "Bagi juri, Awan dan Kementerian Bukit sama kuat: masing-masing 7,0 dari 10 poin.",
    "Awan and Kementerian Bukit were equal for the jury, with 7.0 of 10 points each.",
)
TWO = (
    (
        "Nilai juri belum memastikan pemenangnya: yang teratas berganti bila satu saja dari 2 juri "
        "tertentu dikeluarkan."
    ),
    "The jury’s scores leave it open: leaving out any one of 2 jurors would change who is first.",
)
TELLS: dict[str, Told] = {
    "clear": (
        STATES["clear"], {},
        (("Juri memilih Kementerian Bukit dengan 7,4 dari 10 poin, dan Kementerian Bukit tetap "
         "teratas, juri mana pun yang dikeluarkan."),
         "Awan menyusul dengan 6,8 dari 10 poin."),
        (("The jury chose Kementerian Bukit: 7.4 of 10 points, and Kementerian Bukit stays first "
         "whichever juror is left out."),
         "Awan follows with 6.8 of 10 points."),
    ),
    "clear by a hundredth": (
        Judged("clear", (A,), scores=(7.44, 7.41, 5.0)), {},
        (("Juri memilih Awan dengan 7,44 dari 10 poin, dan Awan tetap teratas, juri mana pun yang "
         "dikeluarkan."),
         "Kementerian Bukit menyusul dengan 7,41 dari 10 poin."),
        (("The jury chose Awan: 7.44 of 10 points, and Awan stays first whichever juror is left "
         "out."),
         "Kementerian Bukit follows with 7.41 of 10 points."),
    ),
    "clear by Rasch": (
        Judged("clear", (A,), scores=(1.2, -0.3, -0.9), method="rasch"), {},
        (("Juri memilih Awan dengan 1,2 logit, dan Awan tetap teratas, juri mana pun yang "
         "dikeluarkan."),
         "Kementerian Bukit menyusul dengan −0,3 logit."),
        ("The jury chose Awan: 1.2 logits, and Awan stays first whichever juror is left out.",
         "Kementerian Bukit follows with −0.3 logits."),
    ),
    "clear by z": (
        Judged("clear", (A,), scores=(1.2, -0.3, -0.9), method="z"), {},
        (("Juri memilih Awan dengan 1,2 simpangan baku, dan Awan tetap teratas, juri mana pun yang "
         "dikeluarkan."),
         "Kementerian Bukit menyusul dengan −0,3 simpangan baku."),
        (("The jury chose Awan: 1.2 standard deviations, and Awan stays first whichever juror is "
         "left out."),
         "Kementerian Bukit follows with −0.3 standard deviations."),
    ),
    "contested, for every reason": (
        Judged("contested", (B,), "contested",
               "changes_without_juror:1; unknown_without_juror:2; few_scores:2; unlikely"),
        {"least_chance": 0.9, "least_scores": 4},
        (("Nilai juri belum memastikan pemenangnya: yang teratas berganti bila satu juri tertentu "
         "dikeluarkan; tanpa salah satu dari 2 juri tertentu, nominasi tidak dapat lagi "
         "dibandingkan; 2 nominasi dinilai oleh kurang dari 4 juri; peluang yang teratas untuk "
         "memang menjadi yang terbaik di bawah 90%, syarat edisi ini."),
         ("Tidak ada pemungutan suara, sehingga penghargaan jatuh kepada yang teratas menurut "
         "nilai: Kementerian Bukit dengan 7,4 dari 10 poin.")),
        (("The jury’s scores leave it open: leaving out one juror would change who is first; "
         "without any one of 2 jurors the nominees can no longer be compared; 2 nominees were "
         "scored by fewer than 4 jurors; the chance that the first is the best is below the 90% "
         "that the rules ask for."),
         ("There was no vote, so the award goes to the first by the scores: Kementerian Bukit, "
         "with 7.4 of 10 points.")),
    ),
    "contested, for one of each and a code from the future": (
        Judged("contested", (B,), "contested",
               "unknown_without_juror:1; few_scores:1; leads_without_any_juror; moon:3"), {},
        (("Nilai juri belum memastikan pemenangnya: tanpa satu juri tertentu, nominasi tidak dapat "
         "lagi dibandingkan; satu nominasi dinilai oleh kurang dari 3 juri; moon:3."),
         ("Tidak ada pemungutan suara, sehingga penghargaan jatuh kepada yang teratas menurut "
         "nilai: Kementerian Bukit dengan 7,4 dari 10 poin.")),
        (("The jury’s scores leave it open: without one juror the nominees can no longer be "
         "compared; one nominee was scored by fewer than 3 jurors; moon:3."),
         ("There was no vote, so the award goes to the first by the scores: Kementerian Bukit, "
         "with 7.4 of 10 points.")),
    ),
    "contested without a reason": (
        Judged("contested", (B,), "contested", ""), {},
        ("Nilai juri belum memastikan pemenangnya.",
         ("Tidak ada pemungutan suara, sehingga penghargaan jatuh kepada yang teratas menurut "
         "nilai: Kementerian Bukit dengan 7,4 dari 10 poin.")),
        ("The jury’s scores leave it open.",
         ("There was no vote, so the award goes to the first by the scores: Kementerian Bukit, "
         "with 7.4 of 10 points.")),
    ),
    "decided by data": (
        STATES["decided_by_data"], {},
        (EQUAL[0],
         ("Di antara yang nilainya seri, data yang menentukan: Awan paling berpeluang di peringkat "
         "pertama (90%; berikutnya 1%).")),
        (EQUAL[1],
         ("Among those that are level, the data decide: Awan has the best chance of being first by "
         "them (90%; the next, 1%).")),
    ),
    "decided by data after an even vote": (
        replace(OPEN, status="decided_by_data", votes=((A, B, 2, 2),)), {},
        (TWO[0],
         ("Pemungutan suara juri pun berakhir seri, sehingga data yang menentukan: Awan paling "
         "berpeluang di peringkat pertama (90%; berikutnya 1%).")),
        (TWO[1],
         ("The jurors’ vote ended even, so the data decide: Awan has the best chance of being "
         "first by them (90%; the next, 1%).")),
    ),
    "decided by vote": (
        replace(OPEN, votes=((A, B, 4, 1),)), {},
        (TWO[0],
         ("Menurut nilai juri, Kementerian Bukit di depan dengan 7,4 dari 10 poin. Dalam "
         "pemungutan suara, 4 dari 5 juri memilih Awan.")),
        (TWO[1],
         ("By the scores Kementerian Bukit led, with 7.4 of 10 points. In the vote 4 of 5 jurors "
         "chose Awan.")),
    ),
    "decided by votes on three pairs": (
        replace(EVEN, status="decided_by_vote", winners=(B,),
               votes=((A, B, 1, 4), (A, C, 3, 2), (B, C, 3, 2))), {},
        (EQUAL[0],
         ("Dalam pemungutan suara berpasangan, Kementerian Bukit paling kuat: dipilih pada 7 dari "
         "10 suara yang menyangkutnya.")),
        (EQUAL[1],
         ("In the vote on pairs Kementerian Bukit came out strongest: chosen in 7 of the 10 votes "
         "it was part of.")),
    ),
    "shared, by data and vote": (
        STATES["shared"], {},
        (("Bagi juri, Awan dan Kementerian Bukit praktis sama kuat (7,0 dan 6,9 dari 10 poin); "
         "selisihnya terlalu kecil untuk berarti."),
         ("Pemungutan suara berakhir seri dan data pun tidak memisahkan, sehingga penghargaan ini "
         "dimenangi bersama.")),
        (("Awan and Kementerian Bukit were as good as equal for the jury (7.0 and 6.9 of 10 "
         "points): the difference is too small to mean anything."),
         "The vote ended even and the data do not part them, so they share the award."),
    ),
    "shared by three, by data alone": (
        Judged("shared", (A, B, C), "tied", "within_error", (7.0, 6.98, 6.96)), {},
        (("Bagi juri, Awan, Kementerian Bukit dan Cahaya praktis sama kuat (7,00, 6,98 dan 6,96 "
         "dari 10 poin); selisihnya terlalu kecil untuk berarti."),
         "Data pun tidak memisahkan mereka, sehingga penghargaan ini dimenangi bersama."),
        (("Awan, Kementerian Bukit and Cahaya were as good as equal for the jury (7.00, 6.98 and "
         "6.96 of 10 points): the difference is too small to mean anything."),
         "The data do not part them either, so they share the award."),
    ),
    "shared, by a vote alone": (
        replace(EVEN, votes=((A, B, 2, 2),)), {"tie_order": ("vote",)},
        (EQUAL[0],
         "Pemungutan suara pun berakhir seri, sehingga penghargaan ini dimenangi bersama."),
        (EQUAL[1], "The vote ended even too, so they share the award."),
    ),
    "shared, by rule": (
        EVEN, {"tie_order": ()},
        (EQUAL[0], "Penghargaan ini dimenangi bersama."),
        (EQUAL[1], "They share the award."),
    ),
    "overridden": (
        STATES["overridden"], {},
        ("Menurut nilai juri, Kementerian Bukit teratas dengan 7,4 dari 10 poin.",
         ("Keputusan tertulis yang ditandatangani dua orang menetapkan Cahaya sebagai gantinya, "
         "dengan alasan berikut.")),
        ("The jury’s scores put Kementerian Bukit first, with 7.4 of 10 points.",
         "A decision on record, signed by two persons, names Cahaya instead, for this reason."),
    ),
    "overridden for the one whom scores put first": (
        Judged("overridden", (B,), "contested", "override:Sah; few_scores:1"), {},
        ("Menurut nilai juri, Kementerian Bukit teratas dengan 7,4 dari 10 poin.",
         ("Keputusan tertulis yang ditandatangani dua orang menetapkan Kementerian Bukit, dengan "
         "alasan berikut.")),
        ("The jury’s scores put Kementerian Bukit first, with 7.4 of 10 points.",
         "A decision on record, signed by two persons, names Kementerian Bukit, for this reason."),
    ),
    "overridden without scores": (
        replace(STATES["undecided"], status="overridden", winners=(C,),
                reasons="override:Sah; no_tally"), {},
        ("Cara hitung yang diminta aturan tidak dapat dipakai atas nilai yang masuk.",
         ("Keputusan tertulis yang ditandatangani dua orang menetapkan Cahaya sebagai gantinya, "
         "dengan alasan berikut.")),
        ("The tally that the rules name cannot be used on the scores that came in.",
         "A decision on record, signed by two persons, names Cahaya instead, for this reason."),
    ),
    "undecided, not comparable": (
        STATES["undecided"], {},
        ("Nominasi tidak dapat dibandingkan: tidak ada juri yang menilai keduanya sekaligus.",
         "Karena itu penghargaan ini belum punya pemenang."),
        ("The nominees cannot be compared: no juror judged on both sides.",
         "So this award has no winner."),
    ),
    "undecided without scores": (
        replace(STATES["undecided"], reasons="no_scores"), {},
        ("Tidak ada nilai juri yang sah untuk penghargaan ini.",
         "Karena itu penghargaan ini belum punya pemenang."),
        ("No juror’s score counts for this award.", "So this award has no winner."),
    ),
    "undecided, by a code from the future": (
        replace(STATES["undecided"], reasons="moon"), {},
        ("moon", "Karena itu penghargaan ini belum punya pemenang."),
        ("moon", "So this award has no winner."),
    ),
}  # fmt: skip
