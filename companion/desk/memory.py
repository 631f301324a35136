"""How this process takes memory from the system, and that none of it is written to a disk."""

import ctypes
import sys
from typing import Any

# From glibc's malloc.h.
_MMAP_THRESHOLD, _PERTURB, _ARENA_MAX = -3, -6, -8
_LARGE_BYTES = 128 * 1024
# Python's own allocator serves blocks up to this, in steps of 16 bytes; a bytes object has a head.
_SMALL_BLOCK, _STEP = 512, 16
_HEAD = sys.getsizeof(b"")
_SIZES = range(_STEP * 3 - _HEAD, _SMALL_BLOCK - _HEAD + 1, _STEP)
# What glibc keeps at hand for a thread: seven blocks of each size up to this.
_HAND, _HAND_STEP, _HAND_MOST = 12, 16, 1_040
_OF_EACH, _PAGES = 512 * 1024, 16 * 1024 * 1024


def give_back_large_blocks() -> None:
    """Have large blocks returned as soon as they are freed, where the C library is glibc.

    By itself glibc raises the size that counts as large to what was freed last, and gives each
    thread a heap of its own: packs and indexes of megabytes then leave holes that stay resident.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_ARENA_MAX, 1)


def keep_out_of_dumps() -> None:
    """Have no core file written when this process crashes: it would hold whatever is open."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def overwrite_freed() -> None:
    """Overwrite what was freed and not given back, as far as a program can: it may hold texts.

    Python keeps small blocks by size: so many of each size are taken and filled that most of those
    that are free are among them, and whole free pages with the last ones. What the C library keeps
    is given back to the system. It takes some hundredths of a second.
    """
    held = [bytes(size) for size in _SIZES for _ in range(_OF_EACH // size)]
    held += [bytes(_SIZES[-1]) for _ in range(_PAGES // _SMALL_BLOCK)]
    del held
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def overwrite_as_freed(on: bool) -> None:
    """Have the C library overwrite what is freed from now on, or no more, where it is glibc.

    It leaves out the last few blocks of each size, which it keeps at hand for each thread: when
    this is switched off, those of the thread that does so are overwritten, too.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is None:
        return
    mallopt(_PERTURB, int(on))
    if not on:
        library = ctypes.CDLL(None)
        library.malloc.restype = ctypes.c_void_p
        sizes = [size for size in range(_HAND_STEP, _HAND_MOST, _HAND_STEP) for _ in range(_HAND)]
        taken = [ctypes.c_void_p(library.malloc(ctypes.c_size_t(size))) for size in sizes]
        for block, size in zip(taken, sizes, strict=True):
            ctypes.memset(block, 0, size)
        for block in taken:
            library.free(block)


def _of_glibc(name: str) -> Any:
    """A function of glibc; None where the C library is another one."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
