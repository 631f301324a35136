"""Which input method Qt is told to speak to."""

from pathlib import Path

import pytest

from companion.ui.input_method import corrections


@pytest.mark.parametrize(
    ("told", "corrected"),
    [
        ({}, {}),
        ({"QT_IM_MODULE": "ibus"}, {}),
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULES": "wayland;fcitx"}, {"QT_IM_MODULES": "wayland;ibus"}),
        (
            {"QT_IM_MODULES": "wayland;fcitx;ibus", "QT_IM_MODULE": "fcitx"},
            {"QT_IM_MODULES": "wayland;ibus;ibus", "QT_IM_MODULE": "ibus"},
        ),
    ],
)
def test_fcitx_is_spoken_to_as_ibus(
    told: dict[str, str], corrected: dict[str, str], tmp_path: Path
) -> None:
    assert corrections(told, tmp_path) == corrected


def test_a_qt_with_a_plugin_for_fcitx_does_as_it_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libfcitx5platforminputcontextplugin.so").touch()
    assert corrections({"QT_IM_MODULE": "fcitx"}, tmp_path) == {}
