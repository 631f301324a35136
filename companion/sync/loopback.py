"""Whether a host is this machine: there a login may go in clear, and no proxy stands between."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host, by name or number (an IPv6 one with or without brackets), is this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
