"""The words that sample leads are made of: invented companies and people, example domains."""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of lines or words written as `one=other`, separated by blanks or, with blanks in them, by `;`."""
    parts = text.split(";") if ";" in text else text.split()
    return tuple((one.strip(), other.strip()) for one, other in (part.split("=") for part in parts))


LATIN_ROOTS = _names(
    """Nova Kestrel Halden Arbor Meridian Copperfield Northwind Solstice Juniper Osprey Brightwater Lindqvist
    Castellan Delmar Evergreen Fairmont Granite Harbour Ironbark Jasper Kingsway Larkspur Mistral Nordlys
    Orchard Pinnacle Quayside Redwood Silverline Tamarack Umbra Vantage Westbrook Yarrow Zephyr Ávila
    Bjørnson Čapek Dünya Études"""
)
LATIN_KINDS = _pairs(
    """Robotics=manufacturing; Foods=food; Optics=manufacturing; Logistics=logistics; Textiles=manufacturing;
    Medical=health; Energy=energy; Software=software; Retail Group=retail; Learning=education;
    Packaging=manufacturing; Shipping=logistics; Pharma=health; Hotels=hospitality; Tooling=manufacturing"""
)
LATIN_PEOPLE = _names(
    """Amara_Okafor Liam_Byrne Sofia_Marchetti Jonas_Weber Priya_Raman Chloé_Dubois Mateo_Ruiz Ingrid_Solberg
    Tomasz_Nowak Elif_Demir Grace_Mwangi Hugo_Lindgren Noor_Haddad Ben_Carter Yuki_Tanaka Zoë_Janssens
    Oskar_Novák Marta_Sousa Dmitri_Volkov Aoife_Kelly Sam_Whitfield Ravi_Menon Helena_Costa Peter_Østergaard
    Anaïs_Laurent Femi_Adeyemi Clara_Hoffmann Ivan_Petrov Leila_Farahani Owen_Hughes"""
)

CHINESE_CITIES = _pairs(
    """上海=shanghai 北京=beijing 深圳=shenzhen 杭州=hangzhou 广州=guangzhou 苏州=suzhou 成都=chengdu
    武汉=wuhan 南京=nanjing 宁波=ningbo 青岛=qingdao 厦门=xiamen 长沙=changsha 重庆=chongqing 西安=xian"""
)
CHINESE_ROOTS = _pairs(
    """启明=qiming 恒泰=hengtai 远景=yuanjing 华创=huachuang 博雅=boya 金石=jinshi 云帆=yunfan 天合=tianhe
    星辰=xingchen 明德=mingde 瑞丰=ruifeng 科达=keda 新锐=xinrui 安捷=anjie 东方=dongfang 德润=derun
    宏图=hongtu 嘉禾=jiahe 立信=lixin 美景=meijing 诺亚=nuoya 普惠=puhui 千寻=qianxun 润泽=runze
    三友=sanyou"""
)
CHINESE_KINDS = _pairs(
    """科技=software 智能制造=manufacturing 物流=logistics 食品=food 医疗器械=health 教育=education
    新能源=energy 电子=manufacturing 商贸=retail 信息技术=software 酒店管理=hospitality
    包装材料=manufacturing"""
)
CHINESE_FORMS = _names("有限公司 有限公司 股份有限公司 集团有限公司")
CHINESE_FAMILIES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
CHINESE_GIVEN = _names(
    """芳 伟 敏 静 磊 洋 勇 艳 杰 娟 建国 晓东 雨桐 子轩 思远 佳怡 志强 文博 丽华 海燕 俊杰 欣怡 浩然 美玲"""
)

DECISION_MAKERS = _pairs("CTO=技术总监; CEO=总经理; Head of Purchasing=采购总监; COO=运营总监")
INFLUENCERS = _pairs("IT Manager=信息部经理; Plant Manager=生产经理; Project Lead=项目负责人")
USERS = _pairs("Engineer=工程师; Buyer=采购员; Assistant=行政助理")

CONCRETE_NEEDS = _pairs(
    """ERP replacement before June, budget 500k=六月前更换 ERP 系统，预算50万;
    Two packing lines controlled from one screen=两条包装线统一监控;
    Warehouse scanning for 40 people, live in 2 months=40人仓库扫码系统，两个月内上线;
    CRM for three sales offices, migration included=三个销售处的 CRM，含数据迁移;
    Traceability for export, audit in March=出口产品追溯，三月审计"""
)
VAGUE_NEEDS = _pairs(
    """Looks for ways to cut the cost of returns=希望降低退货成本;
    Wants an overview of what the market offers=想了解市面上的方案;
    May extend the current system next year=明年可能扩展现有系统;
    Asked at the fair how others do it=展会上询问同行的做法"""
)
WEAK_NEEDS = _pairs(
    """Took a brochure at the fair=展会上拿了资料; Looked at the price list=看了价目表;
    Follows our channel=关注了公众号; Asked for a newsletter=订阅了资讯"""
)
NEXT_STEPS = _pairs(
    """call=打电话; send quote=发报价; demo=演示; send product book=发产品手册; visit=上门拜访;
    ask for the decision=确认决策时间; send case study=发案例"""
)
SAID = (
    ("phone", "reached", "Talked through the requirements, wants numbers", "电话沟通需求，希望看到报价"),
    ("mail", "replied", "Answered the product book with three questions", "回复产品手册，提了三个问题"),
    ("wechat", "replied", "Sent a short film of the line, likes it", "微信发了产线视频，反馈不错"),
    ("visit", "reached", "Visited the plant, saw the old system", "上门拜访，看了旧系统"),
    ("phone", "left_message", "Left a message with the front desk", "前台留言"),
    ("demo", "meeting_set", "Showed the demo, second round agreed", "做了演示，约了第二轮"),
    ("meeting", "reached", "Met the team, budget is being discussed", "与团队开会，预算讨论中"),
    ("phone", "no_answer", "Rang twice", "打了两次"),
)
"""Follow-ups: channel, result, what was said in English and in Chinese."""

SOURCES = (
    ("website", "product enquiry", "产品咨询"),
    ("expo", "Hannover 2026", "2026年工业展"),
    ("referral", "by a customer", "老客户推荐"),
    ("webinar", "October webinar", "十月直播"),
    ("official_account", "company page", "公众号"),
    ("telephone", "list of 2026", "2026年名单"),
    ("partner", "regional partner", "区域合作伙伴"),
)
TAGS = _pairs("expo-2026=2026展会; newsletter=订阅; key account=重点客户; pilot=试点")
SYSTEMS = _names("SAP 用友_U8 金蝶 Excel Odoo none")
