"""What a document denies proves nothing; conditions, rules and what was replaced deny nothing."""

import re

import pytest

from xuncha_plugins.evidence.denials import is_denied

WAF, COPY = re.compile("WAF|防火墙"), re.compile("异地备份")
ASSESSED, DRILL, LOGS = re.compile("安全评估"), re.compile("演练"), re.compile("日志")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("本局尚未开展异地备份工作，计划2026年11月20日以后再议。", COPY),
        ("目前没有异地备份。", COPY),
        ("异地备份：无", COPY),
        ("拟于明年开展异地备份", COPY),
        ("安恒明御WEB应用防火墙已于2025年报废拆除，现无防护。", WAF),
        ("我单位无防火墙。", WAF),
        ("WAF一台，现已拆除。", WAF),
        ("WAF\t未部署", WAF),
        ("网站2026年6月12日原定的安全评估因经费不足没有进行。", ASSESSED),
        ("年度安全评估，因经费不足，未开展。", ASSESSED),
        ("2026年10月14日，因参加人员未到齐，原定的首页被篡改演练取消。", DRILL),
        ("日志未留存。", LOGS),
        ("ＷＡＦ　尚未启用", WAF),
    ],
)
def test_a_denial_next_to_the_claim_is_seen(text, claim):
    assert is_denied(text, claim)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("进行了安全评估，未发现高危问题，中危2项已于6月20日整改完毕。", ASSESSED),
        ("安全评估完成，没有进行渗透测试。", ASSESSED),
        ("旧防火墙已报废，新购明御WAF一台。", WAF),
        ("WAF拦截攻击1203次，无漏报。", WAF),
        ("异地备份每周一次，没有发生数据丢失。", COPY),
        ("未按规定开展异地备份的，追究责任。", COPY),
        ("如未开展演练，应说明原因。", DRILL),
        ("按照年度计划，我局于10月14日组织了网站应急演练。", DRILL),
        ("未经安全评估不得上线。", ASSESSED),
        ("演练未使用真实数据，没有造成业务中断。", DRILL),
        ("日志保存一年，未出现中断。", LOGS),
        ("防病毒\t未部署\t备注\tWAF\t已部署", WAF),
        ("无人值守机房存有异地备份。", COPY),
    ],
)
def test_what_is_no_denial_is_left_alone(text, claim):
    assert not is_denied(text, claim)
