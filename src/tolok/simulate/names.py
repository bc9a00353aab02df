"""Names of institutions that cannot be real: composed of a thing and a whim."""

from dataclasses import dataclass

import numpy as np

# At most 8 and 7 letters: "simulasi_" + both stays within TikTok's 24 characters of a handle.
THINGS = """
Pelangi Awan Bintang Kerupuk Teh Sendok Payung Bantal Kucing Bulan Gerhana Sambal Ombak Balon Donat
Klepon Gasing Kelereng Cendol Dodol Capung Bekicot Jerapah Penguin Sandal Topi Lentera Jamur
Semangka Durian Rambutan Embun Kabut Petir Komet Meteor Kancing Selimut Kelinci Landak Siput
Kepiting Gurita Paus Kaktus Cokelat Martabak Serabi Lemper Lumpia Bakwan Cilok Pisang Nangka Kelapa
Angin Hujan Salju Senja Gulali Permen Biskuit Tumpeng Dongeng
""".split()
WHIMS = """
Biru Ungu Jingga Raksasa Terbang Tidur Menari Ajaib Mini Riang Bersiul Gemulai Lucu Kocak Pemalu
Ceria Gendut Mungil Sakti Bulat Kotak Renyah Empuk Manis Gurih Pedas Hangat Sejuk Senyap Ramai
Sabar Iseng Usil Kalem Lincah Gesit Ngantuk Tertawa Nyengir Lompat Miring Zigzag Neon Perak Toska
Nila
""".split()

CLUSTERS = ("ministries", "agencies", "local-governments", "universities")

# (kind, full name, short name) of each cluster; {} is the thing with its whim.
FORMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "ministries": (
        ("ministry", "Kementerian Urusan {}", "Kemen {}"),
        ("coordinating ministry", "Kementerian Koordinator Bidang {}", "Kemenko {}"),
        ("ministry", "Kementerian Kesejahteraan {}", "Kemen {}"),
        ("ministry", "Kementerian Pendayagunaan {}", "Kemen {}"),
    ),
    "agencies": (
        ("agency", "Badan Penghitung {} Nasional", "Badan {}"),
        ("agency", "Lembaga Pengawas {}", "Lembaga {}"),
        ("commission", "Komisi Perlindungan {}", "Komisi {}"),
        ("council", "Dewan Pelestari {}", "Dewan {}"),
    ),
    "local-governments": (
        ("city", "Pemerintah Kota {}", "Kota {}"),
        ("regency", "Pemerintah Kabupaten {}", "Kabupaten {}"),
        ("province", "Pemerintah Provinsi {}", "Provinsi {}"),
    ),
    "universities": (
        ("university", "Universitas Negeri {}", "UN {}"),
        ("institute", "Institut Teknologi {}", "IT {}"),
        ("polytechnic", "Politeknik Negeri {}", "Poltek {}"),
    ),
}


@dataclass(frozen=True)
class InventedName:
    """A name in its forms; the stem goes into handles, the letters into X's short ones."""

    institution: str
    short_name: str
    kind: str
    stem: str
    letters: str

    @property
    def slug(self) -> str:
        """The institution_id."""
        return self.institution.lower().replace(" ", "-")


def compose_names(clusters: list[str], rng: np.random.Generator) -> list[InventedName]:
    """A name for each entry of clusters; no thing and whim are paired twice.

    >>> compose_names(["universities"], np.random.default_rng(1))[0].institution
    'Universitas Negeri Rambutan Lincah'
    """
    pairs = rng.permutation(len(THINGS) * len(WHIMS))[: len(clusters)]
    seen = dict.fromkeys(CLUSTERS, 0)
    names = []
    for cluster, pair in zip(clusters, pairs.tolist(), strict=True):
        forms = FORMS[cluster]
        kind, full, short = forms[seen[cluster] % len(forms)]
        seen[cluster] += 1
        thing, whim = THINGS[pair // len(WHIMS)], WHIMS[pair % len(WHIMS)]
        names.append(
            InventedName(
                institution=full.format(f"{thing} {whim}"),
                short_name=short.format(f"{thing} {whim}"),
                kind=kind,
                stem=f"{thing}{whim}".lower(),
                letters=thing[:3].lower(),
            )
        )
    return names
