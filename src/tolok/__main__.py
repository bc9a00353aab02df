"""The program: `tolok`, or `python -m tolok`."""

import os


def run() -> None:
    """Run the command line, with one thread a matrix product: ours are small, and more only wait.

    The library of numpy reads this once, when it is loaded; what a person has set stays.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tolok.cli import main  # noqa: PLC0415 -- after the setting, for it loads numpy

    main()


if __name__ == "__main__":
    run()
