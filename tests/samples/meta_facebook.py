"""Content exports of a Facebook page as Meta Business Suite writes them."""

from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC), "time_zone": "Asia/Jakarta"}
PAGE = "100064000000001"
ENGLISH = (
    '"Post ID","Page ID","Page name",Title,Description,"Duration (sec)","Publish time",'
    '"Caption type",Permalink,"Is crosspost","Is share","Post type",Languages,"Custom labels",'
    '"Funded content status","Data comment",Date,Views,Reach,"Reactions, Comments and Shares",'
    'Reactions,Comments,Shares,"Total clicks","Views from Boosted posts"'
)
OLDER = ENGLISH.replace(",Views,", ",Impressions,").replace("Comments and", "comments and")
INDONESIAN = (
    '"ID Postingan","ID Halaman","Nama Halaman",Judul,Deskripsi,"Durasi (detik)",'
    '"Waktu penerbitan","Jenis keterangan",Permalink,"Merupakan crosspost","Merupakan bagikan",'
    '"Jenis postingan",Bahasa,"Label khusus","Status konten berbayar","Komentar data",Tanggal,'
    'Tayangan,Jangkauan,"Tanggapan, komentar, dan frekuensi dibagikan",Tanggapan,Komentar,'
    '"Frekuensi dibagikan","Total klik","Tayangan dari postingan yang dipromosikan"'
)


def row(number, kinds=("Photos", "Videos", "Reels", "Links"), when="Lifetime", **changed):
    """The row of a post, with what is told of it changed."""
    cells = {
        "id": f"122100000{number:06}",
        "page": PAGE,
        "title": f"Kabar {number}",
        "text": f"Kabar {number} yang lebih panjang" if number % 2 else "",
        "seconds": 61 if kinds[number % len(kinds)] in kinds[1:3] else 0,
        "at": f"10/{number + 1:02}/2025 18:30",
        "link": f"https://www.facebook.com/ContohResmi/posts/pfbid0{number}Ab",
        "crosspost": 0,
        "share": 0,
        "kind": kinds[number % len(kinds)],
        "funding": "",
        "when": when,
        "total": 60 + 3 * number,
        "boosted": "",
    } | changed
    return (
        "{id},{page},Contoh,{title},{text},{seconds},{at},N/A,{link},{crosspost},{share},{kind},"
        ",,{funding},,{when},{views},700,{total},{reactions},{comments},{shares},9,{boosted}"
    ).format(
        **cells, views=900 + number, reactions=40 + number, comments=15 + number, shares=5 + number
    )


def table(header, rows):
    """A file as the tool writes it: UTF-8 with a mark at the beginning."""
    return "\n".join([header, *rows, ""]).encode("utf-8-sig")


_WORDS = ("Foto", "Video", "Reel", "Tautan")
SAMPLES = {
    "english.csv": table(ENGLISH, [row(n) for n in range(12)]),
    "older.csv": table(OLDER, [row(n) for n in range(12)]),
    "indonesian.csv": table(INDONESIAN, [row(n, _WORDS, "Sepanjang Masa") for n in range(12)]),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
