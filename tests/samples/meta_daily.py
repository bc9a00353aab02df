"""Daily series and tables of an audience as Meta Business Suite writes them: UTF-16."""

import codecs

_DAYS = "".join(f'"2026-06-{day:02}T00:00:00","{190 + day}"\n' for day in range(1, 15))
_AUDIENCE = """\
sep=,
"Usia & jenis kelamin"
"","Wanita","Pria"
"18-24","5.1%","6.2%"
"25-34","7.1%","8.2%"

"Kota teratas"
"Kota A","Kota B","Kota C"
"40","30","20"
"""


def utf16(text):
    """A text as the tool encodes it."""
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


SAMPLES = {
    "Tayangan.csv": utf16(f'sep=,\n"Tayangan"\n"Tanggal","Primary"\n{_DAYS}'),
    "Follows.csv": utf16(f'sep=,\n"Follows"\n"Date","Primary"\n{_DAYS}'),
    "Audience.csv": utf16(_AUDIENCE),
}
"""Content by file name; nothing in them can be taken."""
OPTIONS = {"time_zone": "Asia/Jakarta"}
