"""Where a visitor sits, as far as the connection tells."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def at_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes from the machine itself, and not through a proxy that nobody vouches for."""
    passed_on = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"} & set(request.META)
    if passed_on and not settings.TRUSTED_PROXIES:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
