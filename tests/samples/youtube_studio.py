"""Files as YouTube Studio exports them, in English and in Indonesian."""

from datetime import UTC, datetime

OPTIONS = {
    "exported_at": datetime(2025, 11, 1, tzinfo=UTC),
    "time_zone": "Asia/Jakarta",
    "account": "@contoh",
}
_ENGLISH = """\
Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,\
Impressions click-through rate (%)
Total,,,,12046,80.5,10,90000,3.4
"""
_INDONESIAN = """\
Konten,Judul video,Waktu publikasi video,Durasi,Penayangan,Waktu tonton (jam),Subscriber,Tayangan,\
Rasio klik-tayang dari tayangan (%)
Total,,,,12046,"80,5",10,90000,"3,4"
"""


def _rows(decimal):
    title = '"Halo, ""dunia""\nbaris dua"'
    yield f'vid00000000,{title},"Sep 1, 2025",61,1000,"1{decimal}5",1,10,"3{decimal}4"'
    for number in range(1, 11):
        title = f"Video {number} 🎉"
        day = f'"Sep {number + 1}, 2025"'
        counts = f'{30 * number},{1000 + number},"1{decimal}5",1,10,"3{decimal}4"'
        yield f"vid{number:08},{title},{day},{counts}"


SAMPLES = {
    "Table data.csv": (_ENGLISH + "\n".join(_rows(".")) + "\n").encode("utf-8-sig"),
    "Data tabel.csv": (_INDONESIAN + "\n".join(_rows(",")) + "\n").encode("utf-8-sig"),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
