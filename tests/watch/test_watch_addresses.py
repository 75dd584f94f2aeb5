"""Which addresses are fetched from, however they are written."""

from __future__ import annotations

import pytest

from standoff.errors import RefusedAddress, UnreachedHost
from standoff.watch.addresses import checked, kind_of, normal, origin, resolve


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("93.184.216.34", "public"),
        ("2606:4700::1111", "public"),
        ("127.0.0.1", "private"),
        ("127.8.9.10", "private"),
        ("::1", "private"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("198.18.0.1", "private"),
        ("192.0.2.1", "private"),
        ("0.1.2.3", "private"),
        ("fd00::1", "private"),
        ("fc00::1%eth0", "private"),
        ("2001:db8::1", "private"),
        ("::ffff:127.0.0.1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:93.184.216.34", "public"),
        ("64:ff9b::7f00:1", "private"),
        ("64:ff9b::5db8:d822", "public"),
        ("169.254.169.254", "never"),
        ("::ffff:169.254.169.254", "never"),
        ("fe80::1", "never"),
        ("0.0.0.0", "never"),
        ("::", "never"),
        ("224.0.0.1", "never"),
        ("ff02::1", "never"),
        ("240.0.0.1", "never"),
        ("255.255.255.255", "never"),
        ("2002:7f00:1::", "never"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "never"),
        ("::7f00:1", "never"),
    ],
)
def test_kinds_of_address(address: str, kind: str) -> None:
    assert kind_of(address) == kind


def test_one_private_address_among_public_ones_is_enough() -> None:
    assert checked("x.example", ["93.184.216.34"], False) == "public"
    for answers in (["93.184.216.34", "10.0.0.1"], ["127.0.0.1"], ["::ffff:127.0.0.1"]):
        with pytest.raises(RefusedAddress, match="a private address, which is fetched only where allowed"):
            checked("x.example", answers, False)
        assert checked("x.example", answers, True) == "private"
    with pytest.raises(RefusedAddress, match=r"at 169\.254\.169\.254, which is never fetched from"):
        checked("x.example", ["93.184.216.34", "169.254.169.254"], True)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "127.0.0.1"])
def test_other_ways_to_write_loopback(host: str) -> None:
    try:
        answers = resolve(host, 80, 5)
    except UnreachedHost:
        return  # this system's resolver knows no such name
    with pytest.raises(RefusedAddress):
        checked(host, answers, False)


def test_a_name_that_is_none() -> None:
    with pytest.raises(UnreachedHost, match="there is no host"):
        resolve("no-such-host.invalid", 80, 5)


def test_addresses_in_one_form() -> None:
    assert normal(" HTTP://Lake.Example:80/a b?q=ü#top ") == "http://lake.example/a%20b?q=%C3%BC"
    assert normal("https://lake.example:8443") == "https://lake.example:8443/"
    assert normal("../c", "https://lake.example/a/b") == "https://lake.example/c"
    assert normal("https://münchen.example/") == "https://xn--mnchen-3ya.example/"
    assert normal("http://[::1]:8080/x") == "http://[::1]:8080/x"
    assert origin("https://lake.example:8443/x") == "https://lake.example:8443"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hosts", "ftp://lake.example/", "gopher://x", "data:text/html,x", "//lake.example", "lake.example",
        "", "http://", "http:///x", "http://user:word@lake.example/", "http://a@lake.example", "http://[::1",
        "http://good.example\\@evil.example/", "http://lake.example:99999/", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_addresses_that_are_none_of_ours(url: str) -> None:
    with pytest.raises(RefusedAddress):
        normal(url)
