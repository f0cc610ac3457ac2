"""The words of the one-line entry as patterns: channels, results, signals, in English and Chinese.

Where one alternative begins with another, the longer one comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

CHANNEL_WORDS: Mapping[str, str] = {
    "phone": "phoned|phone|called|call|telephone|tel|rang|打电话|打了电话|电话|致电|通话|去电|来电",
    "mail": "e-?mailed|e-?mail|mailed|mail|发邮件|发了邮件|邮件|邮箱|电邮",
    "wechat": "wechat|weixin|wx|微信|企业微信|企微",
    "visit": "visited|visit|拜访|走访|上门|登门",
    "meeting": "meeting|met|meet|会议|开会|面谈|见面",
    "demo": "demoed|demo|演示",
    "quote": "quotation|quoted|quote|发报价|报价单|报价",
    "sample": "samples|sample|送样品|寄样品|样品|送样|寄样",
    "note": "note|备注|笔记|记录",
}
"""What each channel is called, at the start of a line."""

RESULT_WORDS: Mapping[str, str] = {
    "reached": "got through|spoke (?:to|with)|talked (?:to|with)|打通了|已接通|接通了|联系上了?|聊了",
    "no_answer": (
        r"no answers?|not reached|no reply|no response|not answered|did(?:n't| not) (?:answer|pick up|reply)"
        r"|could(?:n't| not) reach|un(?:reachable|answered)|voicemail full"
        "|没人接|没有?接通|没有?打通|没接|未接通|未接听|未接|无人接听|打不通|没通|不接"
        "|没有?回复|未回复|没回音?|没回应"
    ),
    "left_message": "left (?:a )?(?:message|voicemail|msg|vm)|voicemail|留了?言了?|留了话",
    "replied": (
        "(?:he|she|they) (?:replied|answered)|wrote back|已回复|有回复|回复了|回了(?:邮件|微信|消息|信)"
    ),
    "meeting_set": (
        "(?:meeting|call|demo|visit|appointment) (?:set|booked|scheduled|arranged|agreed)"
        "|(?:booked|scheduled|arranged) an? (?:meeting|call|demo|visit)|约好了?|约了|约定了?|已约|约上了"
    ),
    "not_interested": (
        "not interested|no interest|uninterested|没有?兴趣|不感兴趣|无兴趣|没有?意向|无意向|不需要|不考虑"
    ),
    "wrong_contact": (
        "wrong (?:contact|number|person|mail|email|address)|(?:number|mail) (?:is )?(?:dead|invalid)"
        "|bounced|空号|打错了?|号码错误?|号码不对|联系方式错误?|停机|查无此人"
    ),
}
"""What each result is called, wherever it stands."""

RESULT_ALONE: Mapping[str, str] = {
    "reached": "reached|connected|answered|spoke|talked|通了|接通|接了|打通",
    "replied": "replied|回复|回了",
}
"""What a result is called where nothing else is said: at the start of a line, or between commas."""

SIGNAL_WORDS: Mapping[str, str] = {
    "intent": (
        r"\b(?:intent|wants?|wanted|interested|keen|ready to buy|would like|looking to buy|plans? to buy)\b"
        "|想买|想要|想采购|想订|想试|意向|感兴趣|有兴趣|打算买|准备买|决定买|要买|要采购"
    ),
    "budget": r"\bbudget(?:s|ed)?\b|\bfund(?:s|ing)\b|预算|经费|资金",
    "decision_maker": (
        r"\bdecision[- ]?makers?\b|\bdecides\b|\bcan sign\b|\bsigns? off\b|\bfinal say\b"
        "|拍板|决策人|决策者|决策权|说了算|能定|一把手"
    ),
    "timeline": (
        r"\b(?:timeline|deadline|go[- ]live|going live|time ?frame|start date|delivery date)\b"
        r"|\b(?:by|before|until) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
        r"|\b(?:this|next) quarter\b|\b(?:by|before|in) q[1-4]\b|\bwithin [0-9]+ (?:weeks|months)\b"
        "|上线|时间表|工期|交期|截止|交付时间|实施时间|排期|[0-9一二三四五六七八九十]月底?[前之以]|年底前|季度"
    ),
    "demo": r"\bdemos?\b|\bdemonstration\b|\btrial\b|演示|试用|看样机",
    "contract": r"\bcontracts?\b|\bagreement\b|\bpurchase order\b|合同|签约|协议|签单",
    "referral": r"\breferr(?:als?|ed)\b|\brecommend(?:s|ed)?\b|\bintroduced us\b|转介绍|推荐|介绍给",
}
"""What speaks for each of `SIGNALS`."""

DOUBTS: Mapping[str, str] = {
    "": (
        r"\b(?:no|not|cannot|without|never|lacks?|lacking|none|nor|neither|cancel(?:led|ed|s)?|declined?|refused?|nobody|nothing|hardly"
        r"|rejected|unclear|unsure|unknown|uncertain|undecided|tbd|tba|frozen|missing|whether|if|maybe)\b|n['’]t\b"
        "|没|无|不|未|缺|取消|拒绝|是否|能否|有否|待定|尚|吗|么|怎样|多少|[?]"
    ),
    "budget": (
        r"\b(?:tight|cut|low|small|limited|insufficient|exceeds?|gone|short|pending|issue|problem)\b"
        r"|\b(?:over|beyond|out of) (?:the |their |our |his |her )?budget\b"
        "|紧|少|有限|低|超|砍|冻结|问题|困难|等"
    ),
    "decision_maker": r"\b(?:needs?|ask|find|looking for|who)\b|需|等|找|请示|问|得",
    "contract": r"\b(?:expired?|ended|competitor)\b|到期|竞品",
    "intent": r"\blost\b|\bless\b|降低|意向金",
}
"""What, in the same clause, speaks against any signal (under the empty name) and against one of them."""

REASSURING = re.compile(
    r"\bno(?:t an?)? (?:problem|issue|objection|doubt)s?\b|\bnot only\b|\bnot bad\b|\bwhy not\b"
    "|没问题|没有问题|不是问题|没意见|不差钱|不限|不仅|不但|不光|不只|不止|不错|差不多|无异议|说不定"
    "|不锈钢|不同|不少|不断|不久|不动产|无锡|无线|无人机|无纺布|未来|无忧|什么|怎么|多么|尚可"
)
"""Words that look like a doubt and are none."""
