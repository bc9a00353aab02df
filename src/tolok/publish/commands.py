"""The commands that pages show: how a site is copied, and how it is computed again."""


def verify_command(lock_hash: str = "") -> str:
    """What computes a copy of a site again; with the hash of its rules, where they are locked."""
    return f"tolok verify FOLDER \\\n  --lock {lock_hash}" if lock_hash else "tolok verify FOLDER"


def copy_command(address: str = "") -> str:
    """What copies a whole site into this folder, by its list of files."""
    site = address or "https://…"
    copied = 'wget -qO- $SITE/files.txt | sed "s|^|$SITE/|" | wget -q -x -nH -i -'
    return f"SITE={site}\n{copied}"
