"""Large words and titles of ordinary updates, held against what defacers write."""

from pathlib import Path

import pytest

from xuncha.model.outcome import Status
from xuncha_plugins.integrity.checks import defacement, injected
from xuncha_plugins.integrity.look_checks import replaced, title
from xuncha_plugins.integrity.ordinary import is_ordinary_heading

LISTS = Path(__file__).parent
NAME = "云溪县人民政府门户网站"


def heads(of):
    return (LISTS / f"heads_of_{of}.txt").read_text("utf-8").splitlines()


def test_large_words_of_campaigns_are_ordinary():
    assert [words for words in heads("campaigns") if not is_ordinary_heading(words)] == []


def test_large_words_of_defacers_are_not():
    assert [words for words in heads("defacers") if is_ordinary_heading(words)] == []


def test_the_lists_are_long_enough_to_tell():
    assert len(heads("campaigns")) > 200
    assert len(heads("defacers")) > 150


@pytest.fixture
def titled(compared, made):
    """What a new title of the county's home page amounts to."""

    def judged(now):
        return compared(title, made.page(9, title=now), made.page(title=NAME))

    return judged


@pytest.mark.parametrize(
    "now",
    [
        f"{NAME}（适老版）",
        f"湖南省岳阳市{NAME}",
        f"{NAME} - 魅力云溪",
        f"{NAME} IPv6",
        f"{NAME} 首页 - 岳阳市云溪县",
        f"2026年云溪县“两会”专题-{NAME}",
        f"湘西土家族苗族自治州{NAME}",
        f"{NAME}_生态云溪 绿色发展",
        f"{NAME}（无障碍浏览）",
        f"{NAME} 支持IPv6",
        f"{NAME}——国家卫生县城",
        f"【热烈庆祝国庆】{NAME}",
        f"{NAME}|招商引资",
        f"{NAME} 大字版",
        "云溪县人民政府（湖南省）",
    ],
)
def test_titles_that_go_on_in_official_words_are_left_alone(titled, now):
    assert titled(now).status is Status.PASS


@pytest.mark.parametrize(
    "added",
    [
        "成人视频免费观看",
        "澳门新葡京",
        "亚博体育app下载",
        "网络赌博",
        "贷款秒批",
        "pwned",
        "政府骗子",
        "黑客到此",
        "澳门市葡京云溪县",
        "论文代写",
    ],
)
def test_titles_that_go_on_otherwise_are_asked_about(titled, added):
    assert titled(f"{NAME} - {added}").status is Status.MANUAL


@pytest.mark.parametrize(
    "host",
    ["www.12371.cn", "www.qstheory.cn", "www.wenming.cn", "moment.rednet.cn", "www.gqt.org.cn", "zjnews.zjol.com.cn"],
)
def test_a_first_picture_from_media_of_the_state_is_left_alone(compared, made, host):
    now = made.page(9, body=f'<a href="https://{host}/zt/"><img src="https://{host}/a.jpg"></a>')
    assert compared(injected, now, made.page(body='<img src="/a.jpg">')).status is Status.PASS


def test_a_script_from_there_is_asked_about(compared, made):
    now = made.page(9, head='<script src="https://moment.rednet.cn/x.js"></script>')
    assert compared(injected, now).status is Status.MANUAL


@pytest.mark.parametrize("words", ["Security is an illusion", "w4s h3re", "Mr.X was h3re"])
def test_a_column_that_a_defacer_renamed_is_asked_about(compared, made, words):
    assert compared(defacement, made.page(9, body=f"<h2>{words}</h2>")).status is Status.MANUAL


@pytest.mark.parametrize(
    "words", ["政府骗子第3次安全生产工作会议", "台湾共和国人民政府", "云溪县伪政府办公室", "公安局都是土匪"]
)
def test_headlines_that_rail_at_the_state_are_asked_about(compared, made, words):
    assert compared(replaced, made.page(9, body=f'<li><a href="/x.html">{words}</a></li>')).status is Status.MANUAL


@pytest.mark.parametrize(
    "words", ["公安局抓获冒充政府骗子三人", "汪伪政府旧址", "台湾国际学校", "法院骗子案宣判", "谨防政府骗子来电"]
)
def test_headlines_that_report_are_left_alone(compared, made, words):
    assert compared(replaced, made.page(9, body=f'<li><a href="/x.html">{words}</a></li>')).status is Status.PASS
