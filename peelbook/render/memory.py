"""How much memory a process may have, and a little more to say that it had no more.

A cell that ends for want of memory leaves next to none; whatever then tells of it (a traceback, a
message) would fail in code that cannot say why. So a part is kept back until it is needed.
"""

from __future__ import annotations

KEPT_BACK_MIB = 64


def limit_memory(mebibytes: int) -> None:
    """Let this process have only so much memory more than it has now.

    Private memory only: what a library merely reserves is not counted. Past that, KEPT_BACK_MIB are
    kept for :func:`use_memory_kept_back`.
    """
    import resource  # only where there is fork is there this module

    import psutil

    most = psutil.Process().memory_info().data + mebibytes * 1024**2
    resource.setrlimit(resource.RLIMIT_DATA, (most, most + KEPT_BACK_MIB * 1024**2))


def use_memory_kept_back() -> None:
    """Let this process have what was kept back, if it was limited; else do nothing."""
    try:
        import resource
    except ImportError:  # no limit was set where there is no such module
        return
    now, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most - now == KEPT_BACK_MIB * 1024**2:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
