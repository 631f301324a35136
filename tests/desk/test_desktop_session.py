"""Two desktops of one user are told apart, and one by two names is not taken for two."""

import pytest

from companion.desk.desktop_session import desktop_names, is_another

X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("ours", "theirs", "another"),
    [
        (X11, {"DISPLAY": ":0.1"}, False),
        (X11, {"DISPLAY": ":1"}, True),
        (X11, {"DISPLAY": "localhost:10.0"}, True),
        (WAYLAND, X11, False),
        (WAYLAND, {"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":1"}, True),
        (X11, {}, False),
        ({}, {}, False),
    ],
)
def test_as_the_environment_names_them(
    ours: dict[str, str], theirs: dict[str, str], another: bool
) -> None:
    assert is_another(desktop_names(theirs), desktop_names(ours)) is another
