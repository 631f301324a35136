"""Fcitx is reached by the way of IBus, where Qt brings no plugin for it."""

import pytest

from companion.desk import input_method
from companion.desk.input_method import input_variables

FCITX = {"XMODIFIERS": "@im=fcitx"}


@pytest.fixture(autouse=True)
def no_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_method, "_has_plugin", lambda: False)


@pytest.mark.parametrize(
    ("environment", "changed"),
    [
        ({}, {}),
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "ibus"}, {}),
        ({"QT_IM_MODULE": "compose", **FCITX}, {}),
        ({"QT_IM_MODULES": "wayland;fcitx"}, {"QT_IM_MODULES": "wayland;ibus"}),
        ({"QT_IM_MODULES": "fcitx;ibus"}, {"QT_IM_MODULES": "ibus"}),
        (
            {"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "fcitx"},
            {"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "ibus"},
        ),
        (FCITX, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=ibus"}, {}),
        # There the compositor stands between, unless somebody names another way.
        ({**FCITX, "WAYLAND_DISPLAY": "wayland-0"}, {}),
        ({"QT_IM_MODULE": "fcitx", "WAYLAND_DISPLAY": "wayland-0"}, {"QT_IM_MODULE": "ibus"}),
    ],
)
def test_what_is_set(environment: dict[str, str], changed: dict[str, str]) -> None:
    assert input_variables(environment) == changed


def test_a_plugin_of_fcitx_s_own_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_method, "_has_plugin", lambda: True)
    assert input_variables({"QT_IM_MODULE": "fcitx"}) == {}
