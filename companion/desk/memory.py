"""How this process takes memory from the system, and that none of it is written to a disk."""

import ctypes
import sys

# From glibc's malloc.h.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE_BYTES = 128 * 1024


def give_back_large_blocks() -> None:
    """Have large blocks returned as soon as they are freed, where the C library is glibc.

    By itself glibc raises the size that counts as large to what was freed last, and gives each
    thread a heap of its own: packs and indexes of megabytes then leave holes that stay resident.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_ARENA_MAX, 1)


def keep_out_of_dumps() -> None:
    """Have no core file written when this process crashes: it would hold whatever is open."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
