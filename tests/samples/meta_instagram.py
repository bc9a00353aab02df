"""Content exports of Instagram as Meta Business Suite writes them, in four languages."""

from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC), "time_zone": "Asia/Jakarta"}
OWNER, OTHER = "17841400000000001", "17841400000000002"
_OLD = "views reach likes shares follows comments saves".split()
_NEW = "views likes shares comments saves reach follows".split()
_STORY = "views reach likes shares visits replies navigation taps".split()

INDONESIAN = (
    '"ID Postingan","ID Akun","Nama pengguna akun","Nama akun",Deskripsi,"Durasi (detik)",'
    '"Waktu penerbitan",Permalink,"Jenis postingan","Komentar data",Tanggal,Tayangan,Suka,'
    '"Frekuensi dibagikan",Komentar,"Frekuensi Disimpan",Jangkauan,Mengikuti'
)
INDONESIAN_STORY = (
    '"ID Postingan","ID Akun","Nama pengguna akun","Nama akun",Deskripsi,"Durasi (detik)",'
    '"Waktu penerbitan",Permalink,"Jenis postingan","Komentar data",Tanggal,Tayangan,Jangkauan,'
    'Suka,"Frekuensi dibagikan","Kunjungan profil",Balasan,Navigasi,"Ketukan stiker"'
)
ENGLISH = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves"
)
GERMAN = (
    "Beitrags-ID,Konto-ID,Konto-Benutzername,Kontoname,Beschreibung,Dauer (Sek.),"
    "Veröffentlichungszeitpunkt,Permalink,Beitragstyp,Datenkommentar,Datum,Aufrufe,Reichweite,"
    "„Gefällt mir“-Angaben,Geteilte Inhalte,Follows,Kommentare,Gespeicherte Beiträge"
)
GREEK = (
    "Αναγνωριστικό δημοσίευσης,Αναγνωριστικό λογαριασμού,Όνομα χρήστη,Όνομα λογαριασμού,Περιγραφή,"
    "Διάρκεια (δευτ.),Ώρα δημοσίευσης,Μόνιμος σύνδεσμος,Τύπος δημοσίευσης,Σχόλιο δεδομένων,"
    "Ημερομηνία,Προβολές,Απήχηση,Μου αρέσει,Κοινοποιήσεις,Ακολουθίες,Σχόλια,Αποθηκεύσεις"
)


def counts_of(number):
    """The counts of the post of a number; no two are the same."""
    return {
        "views": 1000 + number, "reach": 800 + number, "likes": 60 + number,
        "shares": 5 + number, "follows": number, "comments": 20 + number, "saves": 40 + number,
        "visits": 7, "replies": 3, "navigation": 90, "taps": 1,
    }  # fmt: skip


def row(number, kinds=("Reel IG", "Gambar IG", "Carousel IG"), when="Sepanjang Masa", order=_NEW):
    """The row of a post; post 7 is another account's, in which this one has a part."""
    kind = kinds[number % len(kinds)]
    word = "reel" if kind == kinds[0] else "p"
    link = f"https://www.instagram.com/{word}/Ab_-{number:07}/"
    account, name = (OTHER, "mitra_kita") if number == 7 else (OWNER, "contoh.resmi")
    counts = counts_of(number) | ({"reach": "", "follows": ""} if number == 7 else {})
    listed = ",".join(str(counts[word]) for word in order)
    text = '"Halo, ""dunia""\nbaris dua 🎉"' if number == 0 else f"Kabar {number}"
    duration = 61 if kind == kinds[0] else 0
    return (
        f"18000000000{number:06},{account},{name},Contoh,{text},{duration},"
        f"10/{number + 1:02}/2025 18:30,{link},{kind},,{when},{listed}"
    )


def story(number):
    """The row of a story, whose address has its number."""
    counts = counts_of(number)
    listed = ",".join(str(counts[word]) for word in _STORY)
    link = f"https://www.instagram.com/stories/contoh.resmi/{2421239445800645437 + number}"
    return (
        f"18000000001{number:06},{OWNER},contoh.resmi,Contoh,,5,"
        f"10/{number + 1:02}/2025 18:30,{link},Cerita IG,,Sepanjang Masa,{listed}"
    )


def table(header, rows):
    """A file as the tool writes it: UTF-8 with a mark at the beginning."""
    return "\n".join([header, *rows, ""]).encode("utf-8-sig")


_ENGLISH_KINDS = ("IG reel", "IG image", "IG carousel")
_GERMAN_KINDS = ("IG-Reel", "IG-Bild", "IG-Karussell")
_GREEK_KINDS = ("Reel IG", "Εικόνα IG", "Συλλογή IG")

SAMPLES = {
    "indonesian.csv": table(INDONESIAN, [row(n) for n in range(12)]),
    "story.csv": table(INDONESIAN_STORY, [story(n) for n in range(10)]),
    "english.csv": table(ENGLISH, [row(n, _ENGLISH_KINDS, "Lifetime", _OLD) for n in range(12)]),
    "german.csv": table(
        GERMAN, [row(n, _GERMAN_KINDS, "Gesamte Laufzeit", _OLD) for n in range(12)]
    ),
    "greek.csv": table(GREEK, [row(n, _GREEK_KINDS, "Διάρκεια ζωής", _OLD) for n in range(12)]),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
POSITIONAL = {"greek.csv"}
"""Files whose columns are known by their places, which ten rows have to prove."""
