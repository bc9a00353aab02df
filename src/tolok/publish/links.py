"""Addresses: the files of the site, and which foreign addresses may become a link."""

import hashlib
import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]*")
_RESERVED = ("index",)
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def file_name(name: str) -> str:
    """A name that is safe as a file's name and as part of an address, unlike for unlike names.

    >>> file_name("kemenkes"), file_name("a/../b")
    ('kemenkes', 'a-b-900ea8b7')
    """
    if _PLAIN.fullmatch(name) and name not in _RESERVED:
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"
    return f"{plain[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def award_path(category: str, cluster: str) -> str:
    """The page of an award, from the folder of a language."""
    return f"awards/{file_name(category)}-{file_name(cluster)}.html"


def institution_path(institution_id: str) -> str:
    """The page of an institution, from the folder of a language."""
    return f"institutions/{file_name(institution_id)}.html"


def cluster_path(cluster: str) -> str:
    """The page of a cluster, from the folder of a language."""
    return f"clusters/{file_name(cluster)}.html"


def ranking_csv_path(category: str, cluster: str) -> str:
    """The download of an award's ranking, from the folder of the site."""
    return f"assets/downloads/{file_name(category)}-{file_name(cluster)}.csv"


def ranking_svg_path(category: str, cluster: str, language: str) -> str:
    """The picture of an award's ranking in a language, from the folder of the site."""
    return f"assets/charts/{file_name(category)}-{file_name(cluster)}-{language}.svg"


def jury_csv_path(category: str, cluster: str) -> str:
    """The download of the jury's scores of an award, from the folder of the site."""
    return f"assets/downloads/jury/{file_name(category)}-{file_name(cluster)}.csv"


def web_address(url: str | None) -> str:
    """The address if it may become a link: http or https with a host; otherwise nothing.

    >>> web_address("javascript:alert(1)"), web_address("https://contoh.go.id/")
    ('', 'https://contoh.go.id/')
    """
    address = (url or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return address if is_web and address.isprintable() else ""


def contact_address(contact: str) -> str:
    """The link of a contact: of a mail address or a web address; nothing for other words.

    >>> contact_address("humas@contoh.go.id"), contact_address("021 500 000")
    ('mailto:humas@contoh.go.id', '')
    """
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else web_address(contact)


def scorecard_pdf_path(institution_id: str, language: str) -> str:
    """The scorecard of an institution as PDF, from the folder of the site."""
    return f"documents/scorecards/{file_name(institution_id)}-{language}.pdf"


def certificate_path(category: str, cluster: str, institution_id: str) -> str:
    """The certificate of an institution for an award, from the folder of the site."""
    names = (category, cluster, institution_id)
    return f"documents/certificates/{'-'.join(file_name(name) for name in names)}.pdf"


def report_path(language: str) -> str:
    """The report of the edition as PDF, from the folder of the site."""
    return f"documents/report-{language}.pdf"


WORKBOOK = "documents/tables.xlsx"
"""Every published table as a workbook, from the folder of the site."""
