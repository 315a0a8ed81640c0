"""Names that Windows keeps for devices: no file or folder can have one, whatever its case and its ending.

Source: "Naming Files, Paths, and Namespaces", Microsoft Learn.
"""

from __future__ import annotations

from typing import Final

_PORTS: Final = "0123456789¹²³"
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(kind + port for kind in ("com", "lpt") for port in _PORTS)}
)
# The same as a pattern, without a flag, because editors read it too.
DEVICE_PATTERN: Final = (
    r"[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|(?:[Cc][Oo][Mm]|[Ll][Pp][Tt])[" + _PORTS + "]"
)


def is_device(name: str) -> bool:
    """Whether a part of a path is the name of a device: `aux`, `Con.md`."""
    return name.partition(".")[0].lower() in _DEVICES
