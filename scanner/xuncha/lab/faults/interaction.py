"""Letters without answers, and a site that nobody can write to."""

from xuncha.lab.faults.model import asks, fails, leads_to
from xuncha.model.outcome import Status

INTERACTION = (
    fails("channel-missing", "interaction.channel", "未提供咨询建言渠道", "No way to write to the office"),
    leads_to(
        "letters-unanswered",
        "留言超过三个月未答复",
        "A letter unanswered for three months",
        ("interaction.unanswered", Status.FAIL),
        ("interaction.reply-rate", Status.FAIL),
    ),
    fails("letters-late", "interaction.reply-delay", "留言答复超期", "A letter answered after two months"),
    asks("letters-evasive", "interaction.reply-quality", "答复空泛", "An answer that says nothing"),
    fails("activities-stale", "interaction.activities", "一年内未开展征集调查和访谈", "No activity within the year"),
)
