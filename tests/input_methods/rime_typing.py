"""Types codes into a real Rime, in a process of its own, and prints what it offers as JSON.

Rime keeps what it has read as long as its process lives. The structures are those of its public
rime_api.h. Arguments: the user's folder, then the codes.
"""

import ctypes
import json
import sys

SHARED = "/usr/share/rime-data"
MOST = 8


class Traits(ctypes.Structure):
    _fields_ = (
        ("data_size", ctypes.c_int),
        ("shared_data_dir", ctypes.c_char_p),
        ("user_data_dir", ctypes.c_char_p),
        ("distribution_name", ctypes.c_char_p),
        ("distribution_code_name", ctypes.c_char_p),
        ("distribution_version", ctypes.c_char_p),
        ("app_name", ctypes.c_char_p),
        ("modules", ctypes.c_void_p),
        ("min_log_level", ctypes.c_int),
        ("log_dir", ctypes.c_char_p),
        ("prebuilt_data_dir", ctypes.c_char_p),
        ("staging_dir", ctypes.c_char_p),
    )


class Candidate(ctypes.Structure):
    _fields_ = (
        ("text", ctypes.c_char_p),
        ("comment", ctypes.c_char_p),
        ("reserved", ctypes.c_void_p),
    )


class Candidates(ctypes.Structure):
    _fields_ = (("ptr", ctypes.c_void_p), ("index", ctypes.c_int), ("candidate", Candidate))


def main(folder: str, codes: list[str]) -> None:
    rime = ctypes.CDLL("librime.so.1")
    rime.RimeCreateSession.restype = ctypes.c_void_p
    traits = Traits(
        data_size=ctypes.sizeof(Traits) - ctypes.sizeof(ctypes.c_int),
        shared_data_dir=SHARED.encode(),
        user_data_dir=folder.encode(),
        distribution_name=b"test",
        distribution_code_name=b"test",
        distribution_version=b"1",
        app_name=b"rime.test",
        min_log_level=2,
        log_dir=b"",
    )
    rime.RimeSetup(ctypes.byref(traits))
    rime.RimeInitialize(ctypes.byref(traits))
    session = ctypes.c_void_p(rime.RimeCreateSession())
    offered = {}
    for code in codes:
        rime.RimeClearComposition(session)
        rime.RimeSimulateKeySequence(session, code.encode())
        found = Candidates()
        texts: list[str] = []
        if rime.RimeCandidateListBegin(session, ctypes.byref(found)):
            while len(texts) < MOST and rime.RimeCandidateListNext(ctypes.byref(found)):
                texts.append(found.candidate.text.decode())
            rime.RimeCandidateListEnd(ctypes.byref(found))
        offered[code] = texts
    rime.RimeFinalize()
    print(json.dumps(offered))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
