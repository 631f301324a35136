"""What was derived for a sign-in: each once, and overwritten at the end."""

from companion.profile.derived import Derived
from companion.profile.sealing import Kdf


def test_each_is_derived_once_and_forgotten() -> None:
    one, other = Kdf.fresh(), Kdf.fresh()
    with Derived() as derived:
        first = derived.derive(one, "correct horse", "slot")
        (held,) = derived._keys.values()
        assert (first, len(held)) == (held, 32)
        assert (
            derived.derive(one, "correct horse", "card") == first == one.derive("correct horse", "")
        )
        others = [derived.derive(one, "wrong", ""), derived.derive(other, "wrong", "")]
        assert len({bytes(key) for key in (first, *others)}) == 3
        # Each caller has one of its own to wipe.
        first[:] = bytes(32)
        assert derived.derive(one, "correct horse", "") != first
        assert len(derived._keys) == 3
    assert derived._keys == {}
    assert held == bytes(32)
