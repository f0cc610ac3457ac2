"""Which company a mail address or a website tells."""

from __future__ import annotations

FREE_MAIL: frozenset[str] = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk ymail.com
    icloud.com me.com mac.com aol.com gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.com
    mail.ru yandex.ru qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com
    189.cn 21cn.com aliyun.com tom.com naver.com hanmail.net zoho.com fastmail.com""".split()
)
"""Hosts of mail addresses that tell nothing about the company."""
SHARED_SITES: frozenset[str] = frozenset(
    """linkedin.com xing.com facebook.com instagram.com x.com twitter.com youtube.com tiktok.com github.com
    weibo.com zhihu.com bilibili.com douyin.com taobao.com tmall.com jd.com 1688.com alibaba.com amazon.com
    ebay.com etsy.com made-in-china.com globalsources.com sites.google.com linktr.ee""".split()
)
"""Hosts of websites on which many companies have a page."""


def domain_of(text: str) -> str:
    """The host of a mail address or a website that tells the company, or empty."""
    host = text.strip().lower().rpartition("@")[2]
    host = host.partition("://")[2] or host
    host = host.partition("/")[0].partition(":")[0].removeprefix("www.")
    return "" if "." not in host or host in FREE_MAIL or host in SHARED_SITES else host


def website_key(text: str) -> str:
    """The place that a website names, as it is compared: without scheme, `www.`, the case of its host, and a
    slash at its end."""
    place = text.strip()
    host, slash, path = (place.partition("://")[2] or place).partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")
