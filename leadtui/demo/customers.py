"""Customers, contacts and opportunities of the sample, made with the same verbs as by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from leadtui.clock import DAY
from leadtui.customers.activities import follow_up_records
from leadtui.customers.objections import add_objection
from leadtui.customers.records import create_record
from leadtui.customers.stages import lose, win
from leadtui.customers.tags import tag_customers
from leadtui.demo.parts import Days, follow_up
from leadtui.i18n import gettext as _

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Workspace

Draft = Mapping[str, object]


class SampleCustomer(NamedTuple):
    """One customer with all that belongs to it; opportunities name their contact by its place."""

    draft: Draft
    contacts: tuple[Draft, ...]
    opportunities: tuple[Draft, ...]
    tags: tuple[str, ...] = ()


def add_customers(workspace: Workspace) -> None:
    """Add the sample's customers to an open database; undo doesn't take them away."""
    with workspace.act(_("Sample customers")) as act:
        days = Days(act.now, act.zone)
        for customer in sample_customers(days):
            _add(act, customer, days)
        act.connection.execute("UPDATE journal_entry SET kind = 'outside' WHERE no = ?", (act.entry,))


def sample_customers(days: Days) -> tuple[SampleCustomer, ...]:
    """The customers, with dates around today."""
    return (
        SampleCustomer(
            {
                "name": "杭州云帆软件有限公司",
                "industry": "软件",
                "company_size": "200-500",
                "city": "杭州",
                "country": "CN",
                "phone": "0571 8888 1234",
                "source_channel": "expo",
                "source_detail": "2026年行业展",
                "need": "替换旧的客户管理系统，降低重复录入",
                "purchase_cycle": "每年第四季度",
                "focus": "数据迁移、售后响应",
                "need_difficulty": "预算分在两个部门",
                "need_remedy": "分两期签约",
                "approval_path": "部门 → 采购 → 总经理",
                "decision_difficulty": "总经理很少在公司",
                "decision_remedy": "先约采购总监，再安排高层拜访",
            },
            (
                {"name": "周敏", "title": "采购总监", "role": "decision_maker", "mobile": "138 0571 2233"},
                {"name": "陈浩", "title": "IT经理", "role": "influencer", "email": "chenhao@yunfan.example"},
            ),
            (
                {
                    "name": "客户管理系统替换",
                    "contact": 0,
                    "amount": 120_000_000,
                    "currency": "CNY",
                    "stage": "quotation",
                    "urgency": "urgent",
                    "competition": "even",
                    "decision_chain": "complex",
                    "competitors": "两家本地厂商",
                    "expected_close": days.at(26, 0),
                    "plan_pains": "重复录入每周耗时两天",
                    "plan_advantages": "三年免费维护",
                    "objection": "价格比对手高10%",
                    "said": "确认了两部门的预算，要求本周给出最终报价",
                    "next_step": "最终报价",
                    "next_due": days.at(2, 10),
                },
                {
                    "name": "移动端扩展",
                    "contact": 1,
                    "amount": 18_000_000,
                    "stage": "discovery",
                    "urgency": "general",
                },
            ),
            ("重点客户",),
        ),
        SampleCustomer(
            {
                "name": "Arbor Hotels Group",
                "industry": "hospitality",
                "company_size": "large",
                "city": "Vienna",
                "country": "AT",
                "website": "https://arbor.example",
                "email": "office@arbor.example",
                "source_channel": "referral",
                "need": "One booking system for 40 houses",
                "behaviour_interactions": "answers mail the same day, never by phone",
            },
            (
                {
                    "name": "Ingrid Maier",
                    "title": "COO",
                    "role": "decision_maker",
                    "email": "maier@arbor.example",
                },
                {
                    "name": "Paul Novak",
                    "title": "Head of IT",
                    "role": "blocker",
                    "reports_to": "Ingrid Maier",
                },
            ),
            (
                {
                    "name": "Booking platform, 12 houses",
                    "contact": 0,
                    "amount": 46_000_000,
                    "currency": "EUR",
                    "stage": "contract",
                    "urgency": "immediate",
                    "competition": "advantage",
                    "decision_chain": "medium",
                    "contract_payment": "30 % at the start, the rest on acceptance",
                    "won": True,
                },
                {
                    "name": "Booking platform, other houses",
                    "contact": 0,
                    "amount": 130_000_000,
                    "currency": "EUR",
                    "stage": "proposal",
                    "urgency": "general",
                    "competition": "advantage",
                    "decision_chain": "complex",
                    "expected_close": days.at(120, 0),
                    "said": "wants figures from the first twelve houses before the board meets",
                    "next_step": "send figures",
                    "next_due": days.at(5, 0),
                    "next_due_all_day": True,
                },
            ),
            ("key account",),
        ),
        SampleCustomer(
            {
                "name": "Silva Paper",
                "industry": "paper",
                "company_size": "medium",
                "city": "Porto",
                "country": "PT",
                "next_step": "invite to the fair",
                "next_due": days.at(3, 0),
                "next_due_all_day": True,
            },
            ({"name": "Rui Costa", "title": "Plant manager", "role": "user", "phone": "+351 22 123 4567"},),
            (
                {
                    "name": "Waste tracking",
                    "contact": 0,
                    "amount": 22_000_000,
                    "currency": "EUR",
                    "stage": "negotiation",
                    "competition": "disadvantage",
                    "decision_chain": "simple",
                    "next_step": "call",
                    "next_due": days.at(0, 0),
                    "next_due_all_day": True,
                },
                {
                    "name": "Sensors",
                    "amount": 9_000_000,
                    "currency": "EUR",
                    "stage": "quotation",
                    "lost": "price",
                },
            ),
        ),
    )


def _add(act: Act, customer: SampleCustomer, days: Days) -> None:
    identity = create_record(act, "customer", customer.draft)
    contacts = [create_record(act, "contact", {**one, "customer_id": identity}) for one in customer.contacts]
    tag_customers(act, [identity], customer.tags)
    for one in customer.opportunities:
        told = dict(one)
        apart = {name: told.pop(name, None) for name in ("contact", "objection", "said", "won", "lost")}
        place = apart["contact"]
        contact = contacts[place] if isinstance(place, int) else None
        deal = create_record(act, "opportunity", {**told, "customer_id": identity, "contact_id": contact})
        if apart["said"]:
            said = follow_up(days.now - DAY, "meeting", "reached", str(apart["said"]), minutes=45)
            plan = {name: told.get(name) for name in ("next_step", "next_due", "next_due_all_day")}
            follow_up_records(act, "opportunity", [deal], {**said, **plan})
        if apart["objection"]:
            add_objection(act, deal, str(apart["objection"]))
        if apart["won"]:
            win(act, [deal], {})
        if apart["lost"]:
            lose(act, [deal], str(apart["lost"]))
