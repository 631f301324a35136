"""The format of a shared team pack: signed by the lead, sealed for the team, named by its version.

An object is ``CPT1``, the id of the reading key, and sealed: an Ed25519 signature and what is
signed, a deflated msgpack of team_content.TeamPack. The place sees a version and ciphertext.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from companion.errors import NewerFormat
from companion.profile.packs import inflate
from companion.profile.sealing import unwrap, wrap
from companion.profile.team_content import TeamPack, Unfit, check
from companion.team_errors import (
    TeamPackDamaged,
    TeamPackUnfit,
    TeamSealedOtherwise,
    TeamSignatureWrong,
)

FORMAT = 1
_FAMILY = b"CPT"
_MAGIC = _FAMILY + b"%d" % FORMAT
_KEY_ID_BYTES, _SIGNATURE_BYTES = 8, 64
_NAME = re.compile(r"([0-9a-f]{12})-([0-9a-f]{64})\.team")
# 5,000 phrases of 200 characters deflate to well below a megabyte.
MOST_SEALED, MOST_PLAIN = 8 * 1024 * 1024, 32 * 1024 * 1024

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(TeamPack)


@dataclass(frozen=True)
class TeamKeys:
    """The keys on a team's card: ``public`` verifies its packs, ``reading`` opens them (32 bytes).

    The team's id is made from the public key: a team that signs with another key is another team.
    """

    public: bytes
    reading: bytes

    @property
    def team(self) -> str:
        """The team's id, 32 hexadecimal digits."""
        return hashlib.blake2b(self.public, digest_size=16, person=b"companion team").hexdigest()

    @property
    def head(self) -> bytes:
        """What an object of this team begins with."""
        person = b"companion reader"
        return (
            _MAGIC
            + hashlib.blake2b(self.reading, digest_size=_KEY_ID_BYTES, person=person).digest()
        )


@dataclass(frozen=True)
class Verified:
    """A pack that is the lead's: the object it came in, the digest of what was signed."""

    name: str
    digest: str
    pack: TeamPack
    signed: bytes

    @property
    def seen(self) -> tuple[int, str]:
        """The version, and the digest that tells it from another pack of this version."""
        return self.pack.version, self.digest


def public_of(seed: bytes) -> bytes:
    """The public key of a 32-byte signing seed."""
    return bytes(SigningKey(seed).verify_key)


def entry_id(team: str, id: str) -> str:
    """The id of a team's entry at a desk: no lead can choose one of the agent's own."""
    made = hashlib.blake2b(f"{team} {id}".encode(), digest_size=16, person=b"companion entry")
    return f"team:{made.hexdigest()}"


def version_in(name: str) -> int:
    """The version that an object's name claims, 0 where the object is no team pack."""
    found = _NAME.fullmatch(name)
    return int(found[1], 16) if found else 0


def sign(pack: TeamPack, seed: bytes) -> bytes:
    """A signature and the pack. Raises Unfit: a lead makes no pack that his members refuse."""
    check(pack)
    payload = zlib.compress(_encoder.encode(pack), 9)
    key = SigningKey(seed)
    return key.sign(_bound_to(bytes(key.verify_key)) + payload).signature + payload


def seal(version: int, signed: bytes, keys: TeamKeys) -> tuple[str, bytes]:
    """The name and bytes of the object that carries what was signed."""
    sealed = keys.head + wrap(keys.reading, signed, keys.head + keys.team.encode())
    return f"{version:012x}-{hashlib.sha256(sealed).hexdigest()}.team", sealed


def unseal(name: str, sealed: bytes, keys: TeamKeys) -> Verified:
    """The pack in an object.

    Raises TeamPackDamaged, TeamSealedOtherwise, TeamSignatureWrong, TeamPackUnfit, NewerFormat.
    """
    if len(sealed) > MOST_SEALED:
        raise TeamPackUnfit(name=name, reason="size")
    found = _NAME.fullmatch(name)
    if found is None or hashlib.sha256(sealed).hexdigest() != found[2]:
        raise TeamPackDamaged(name=name)
    number = sealed[len(_FAMILY) : len(_MAGIC)]
    if not sealed.startswith(_FAMILY) or not number.isdigit() or int(number) < FORMAT:
        raise TeamPackDamaged(name=name)
    if int(number) > FORMAT:
        raise NewerFormat(found=int(number), known=FORMAT)
    if not sealed.startswith(keys.head):
        raise TeamSealedOtherwise(name=name)
    head = keys.head
    signed = unwrap(keys.reading, sealed[len(head) :], head + keys.team.encode())
    if signed is None:
        raise TeamPackDamaged(name=name)
    verified = verify(name, signed, keys.public)
    if verified.pack.version != version_in(name):
        # An older pack under a newer name.
        raise TeamPackDamaged(name=name)
    return verified


def verify(name: str, signed: bytes, public: bytes) -> Verified:
    """The pack that was signed; nothing of it is looked at before the signature fits.

    Raises TeamSignatureWrong, TeamPackUnfit.
    """
    signature, payload = signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:]
    try:
        VerifyKey(public).verify(_bound_to(public) + payload, signature)
    except (CryptoError, ValueError) as error:
        raise TeamSignatureWrong(name=name) from error
    try:
        pack = _decoder.decode(inflate(payload, MOST_PLAIN))
        check(pack)
    except Unfit as error:
        raise TeamPackUnfit(name=name, reason=error.reason) from error
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise TeamPackUnfit(name=name, reason="form") from error
    return Verified(name, hashlib.sha256(payload).hexdigest(), pack, signed)


def _bound_to(public: bytes) -> bytes:
    """What a signature is for: this format of pack, by this key, and nothing else."""
    return b"companion team pack %d\0" % FORMAT + public
