"""Where a request comes from, as coarsely as the purpose allows."""

import re
from ipaddress import ip_address, ip_network

from django.http import HttpRequest

#: Address of a provider's customer: one office, one family, one mast.
V4_PREFIX, V6_PREFIX = 24, 64
BROWSERS = (
    ("Edg/", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "điện thoại Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "máy Windows"),
    ("Mac OS", "máy Mac"),
    ("Linux", "máy Linux"),
)


def network_of(request: HttpRequest) -> str:
    """The network of the visitor, such as `203.0.113.0/24`; “” where the server does not tell."""
    try:
        address = ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ip_network((address, V4_PREFIX if address.version == 4 else V6_PREFIX), strict=False))


def device_of(request: HttpRequest) -> str:
    """“Chrome, máy Windows”: enough to know one's own machine again."""
    told = str(request.META.get("HTTP_USER_AGENT", ""))
    found = [next((name for mark, name in marks if re.search(mark, told)), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or "máy không rõ loại"
