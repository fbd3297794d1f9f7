"""NumPy, where the settings want it: sums over many numbers at once, many times as fast as one after the other.

Not needed by anything: what is found with it is found without it as well.
"""

from __future__ import annotations

import os

from byline.values.problem import Fault, Problem

_THREADS = "OPENBLAS_NUM_THREADS"


def ready() -> None:
    """Import NumPy, so that copies of this process have it. Raises Fault where it is not installed.

    It starts no threads of its own: a process that has some is better not forked.
    """
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        import numpy  # noqa: F401, ICN001
    except ImportError as error:
        what = "The settings want NumPy for related posts, and it is not installed."
        remedy = "Run this as ./byline, which fetches it, or install it in this environment: pip install numpy."
        raise Fault(Problem("missing-program", what, remedy)) from error
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
