"""What jurors read: a pack of posts without figures, and the figures to be opened afterwards.

Pure functions of results/ and the rules: no clock, no network, the same bytes each time.
"""

from tolok.publish.packs.evidence import Evidence, read_evidence
from tolok.publish.packs.html import figures_html, pack_html
from tolok.publish.packs.pdf import figures_pdf, pack_pdf

__all__ = ["Evidence", "figures_html", "figures_pdf", "pack_html", "pack_pdf", "read_evidence"]
