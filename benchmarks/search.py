"""Searching: how large the index is, how fast it is made, how long a keystroke takes.

`python benchmarks/search.py [LEADS]` (100,000 unless told) prints ratios within one run: the index to the
same leads in a plain table, and a keystroke's first page of 50 to walking that table with LIKE.
"""

from __future__ import annotations

import random
import sqlite3
import string
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

from leadtui.store import search
from leadtui.store.pinyin import readings
from leadtui.store.search_text import search_text

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华慧建国志文玉萍红玲芬燕彬鹏辉斌宇浩凯健俊"
CITIES = "上海 北京 深圳 广州 杭州 苏州 南京 成都 武汉 西安 重庆 天津 青岛 宁波 厦门 长沙 东莞 佛山".split()
CORES = "启明星辰华创智联恒信达康飞远景盛世金鼎天宇瑞丰博雅中科海纳百川鸿图同方东软云峰凌志大宏伟业"
TRADES = (
    "科技 信息技术 贸易 电子 机械 生物科技 软件 网络科技 实业 食品 医疗器械 自动化设备 新材料 物流".split()
)
FORMS = ["有限公司"] * 8 + ["股份有限公司", "集团有限公司", "有限责任公司"]
CHINESE_TITLES = "采购总监 总经理 采购经理 技术总监 市场总监 副总裁 工程师 运营经理 CTO".split()
FIRST = (
    "James Mary John Robert Michael Linda David Susan Joseph Thomas Sarah José Zoë Björn Priya Anna Peter "
    "Karen Nancy Lisa Betty Mark Emily Steven Paul Andrew Joshua Kevin Brian Amara Ngozi Olga Ivan Sofia"
).split()
LAST = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Moore Lee Müller Petrov Silva Anderson "
    "Taylor Thomas Martin White Harris Clark Lewis Walker Young Allen King Wright Scott Torres Hill Green"
).split()
NAMES = (
    "Nova Kestrel Halden Acme Vertex Summit Northern Pacific Global United Prime Apex Delta Falcon".split()
)
WORK = "Robotics Foods Optics Systems Logistics Energy Software Industries Health Medical Motors Labs".split()
TITLES = ["CTO", "CEO", "Purchasing Manager", "Head of IT", "VP Sales", "Engineer", "Procurement Lead"]
TAGS = ["expo-2026", "vip", "老客户", "webinar", "hot", "展会", "partner", "重点"]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

COLUMNS = ("number", "company", "contact", "title", "phone", "email", "wechat", "tag")
Row = tuple[int, str, str, str, str, str, str, str, str]
Search = Callable[[str], object]


def invented(rng: random.Random) -> str:
    """A made-up Latin name, so that not all names are shared."""
    return "".join(rng.choice("bcdfghklmnprstvw") + rng.choice("aeiou") for _ in range(3)).title()


def leads(count: int, seed: int = 1) -> Iterator[Row]:
    """Leads, half Chinese, half Latin: rank, number, company, contact, title, phone, mail, WeChat, tag."""
    rng = random.Random(seed)
    for seq in range(1, count + 1):
        number = "L-" + "".join(rng.choices(CROCKFORD, k=6))
        tag = rng.choice(["", *TAGS])
        if rng.random() < 0.5:
            core = "".join(rng.choices(CORES, k=rng.choice((2, 2, 2, 3, 4))))
            company = rng.choice(["", *CITIES]) + core + rng.choice(TRADES) + rng.choice(FORMS)
            contact = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
            title = rng.choice(CHINESE_TITLES)
            phone = "+861" + rng.choice("35789") + "".join(rng.choices(string.digits, k=9))
            email = (
                f"{invented(rng).lower()}{rng.randrange(1000)}@{rng.choice(['qq.com', '163.com', 'corp.cn'])}"
            )
            wechat = f"wx_{invented(rng).lower()}" if rng.random() < 0.5 else ""
        else:
            head = rng.choice(NAMES) if rng.random() < 0.5 else invented(rng)
            company = f"{head} {rng.choice(WORK)} {rng.choice(['Inc', 'Ltd', 'LLC', 'GmbH'])}"
            first, last = rng.choice(FIRST), rng.choice(LAST) if rng.random() < 0.5 else invented(rng)
            contact, title, wechat = f"{first} {last}", rng.choice(TITLES), ""
            phone = "+1" + rng.choice("23456789") + "".join(rng.choices(string.digits, k=9))
            email = f"{first}.{last}@{head}.com".lower()
        tier = rng.choice((0, 1, 1, 2, 2, 2))
        score = min(100, max(0, int(rng.gauss((80, 55, 25)[tier], 15))))
        due = (1 << 26) - 1 if rng.random() < 0.3 else 13_600_000 + rng.randrange(130_000)
        rank = ((tier << 7 | 127 - score) << 26 | due) << 28 | seq
        yield rank, number, company, contact, title, phone, email, wechat, tag


def text_of(row: Row) -> str:
    """The search text of a row."""
    _, number, company, contact, title, phone, email, wechat, tag = row
    return search_text(
        number=number,
        company=company,
        contact=contact,
        title=title,
        phones=[phone],
        emails=[email],
        wechat=wechat,
        tags=[tag] if tag else [],
    )


def keystrokes(rows: list[Row]) -> dict[str, list[str]]:
    """What is typed on the way to a lead, by kind: every beginning of it."""
    typed: dict[str, list[str]] = {}
    for _, _, company, contact, _, phone, email, _, _ in rows:
        if company.isascii():
            wanted = {"company": company.split()[0], "person": contact.split()[-1], "mail": email}
            wanted["two words"] = contact
        else:
            spoken = readings(contact)[0]
            wanted = {"Chinese company": company[:6], "Chinese person": contact, "pinyin": "".join(spoken)}
            wanted["initials"] = "".join(syllable[0] for syllable in spoken)
        wanted["phone"] = phone[3:]
        wanted["last four digits"] = phone[-4:]
        for kind, word in wanted.items():
            typed.setdefault(kind, []).extend(word[:end] for end in range(1, min(len(word), 9) + 1))
    return typed


def milliseconds(search_for: Search, words: list[str]) -> list[float]:
    """How long each search takes."""
    taken = []
    for word in words:
        start = time.perf_counter()
        search_for(word)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def summary(taken: list[float]) -> tuple[float, float, float]:
    """Median, 95th percentile and worst."""
    cuts = quantiles(taken, n=20, method="inclusive")
    return cuts[9], cuts[18], max(taken)


def size_of(connection: sqlite3.Connection, pattern: str) -> int:
    """The bytes that tables and indexes with such names take."""
    (size,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name GLOB ?", (pattern,)).fetchone()
    return int(size)


def main() -> None:
    """Make the tables, search them, and say how it went."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "search.db"
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute(f"CREATE TABLE plain (rank INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
        search.create(connection)
        rows = sorted(leads(count))
        connection.execute("BEGIN")
        start = time.perf_counter()
        connection.executemany(f"INSERT INTO plain VALUES ({', '.join('?' * 9)})", rows)
        plain = time.perf_counter() - start
        start = time.perf_counter()
        texts = [(row[0], text_of(row)) for row in rows]
        making = time.perf_counter() - start
        start = time.perf_counter()
        search.rebuild(connection, texts)
        building = time.perf_counter() - start
        connection.execute("COMMIT")
        # As in the app: what loads in bulk and what searches are two connections.
        connection.close()
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA cache_size = -65536")
        index, table = size_of(connection, "lead_search*") / 1e6, size_of(connection, "plain") / 1e6
        print(f"{count:,} leads: index {index:.1f} MB, {index / table:.2f} of the plain {table:.1f} MB")
        print(f"search text {count / making:,.0f} leads/s, {making / plain:.1f} of inserting the plain rows")
        print(f"index {count / building:,.0f} leads/s, {building / plain:.1f} of inserting the plain rows")
        say_keystrokes(connection, random.Random(2).sample(rows, 60))
        say_moves(connection, texts)
        connection.close()


def say_keystrokes(connection: sqlite3.Connection, rows: list[Row]) -> None:
    """How long the first page takes, in milliseconds and against LIKE."""

    def like(word: str) -> object:
        somewhere = " OR ".join(f"{name} LIKE :w" for name in COLUMNS)
        return connection.execute(
            f"SELECT rank FROM plain WHERE {somewhere} ORDER BY rank LIMIT 50",
            {"w": f"%{word}%"},
        ).fetchall()

    def indexed(typed: str) -> object:
        expression = search.match_expression(typed.split())
        return search.hits(connection, expression, 50) if expression else []

    print(f"{'first 50 of':18}{'keys':>6}{'p50 ms':>9}{'p95':>9}{'worst':>9}{'p95 / LIKE':>12}")
    everything: list[float] = []
    for kind, words in keystrokes(rows).items():
        taken = milliseconds(indexed, words)
        everything += taken
        walked = summary(milliseconds(like, words[:: max(1, len(words) // 40)]))
        median, slow, worst = summary(taken)
        print(f"{kind:18}{len(words):6}{median:9.2f}{slow:9.2f}{worst:9.2f}{slow / walked[1]:12.3f}")
    median, slow, worst = summary(everything)
    print(f"{'all':18}{len(everything):6}{median:9.2f}{slow:9.2f}{worst:9.2f}")
    single = sorted(
        {*string.ascii_lowercase, *string.digits, *(letter for row in rows for letter in row[2] + row[3])}
    )
    median, slow, worst = summary(milliseconds(indexed, single))
    print(f"{'one character':18}{len(single):6}{median:9.2f}{slow:9.2f}{worst:9.2f}")


def say_moves(connection: sqlite3.Connection, texts: list[tuple[int, str]]) -> None:
    """How long it takes to give one lead another rank, its own transaction each."""

    def move(_: str) -> None:
        rank, text = moved.pop()
        connection.execute("BEGIN IMMEDIATE")
        search.remove(connection, [(rank, text)])
        search.add(connection, [(rank ^ 1 << 40, text)])
        connection.execute("COMMIT")

    moved = random.Random(3).sample(texts, 200)
    median, slow, worst = summary(milliseconds(move, [""] * len(moved)))
    print(f"{'moving a lead':18}{200:6}{median:9.2f}{slow:9.2f}{worst:9.2f}")


if __name__ == "__main__":
    main()
