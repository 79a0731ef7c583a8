"""Forms that came back, as they were and after what people do to them."""

from datetime import date, datetime

import pytest
from openpyxl.styles import Font

from xuncha.selfcheck.taking import SelfCheckError


@pytest.fixture
def answered(filled):
    filled.say("区民政局", "网站是否正常发布", "是")
    filled.say("区民政局", "错链、断链数", 3)
    filled.say("区民政局", "最近恢复测试日期", date(2026, 3, 1))
    filled.say("婚姻登记预约", "应急预案", "无")
    return filled


def refused(taken, came):
    with pytest.raises(SelfCheckError) as error:
        taken(came)
    return "\n".join(error.value.lines("zh"))


def test_answers_come_back_with_who_and_when(answered, taken):
    said = taken(answered).declarations[0]
    assert (said.site, said.filled_by, said.filled_on, said.unit) == ("civil", "张某某", date(2026, 8, 3), "民政局")
    assert said.answers["published"].value == "yes"
    assert said.answers["restore-tested"].value == "2026-03-01"


def test_an_answer_keeps_what_was_written_and_where(answered, taken):
    assert taken(answered).declarations[0].answers["broken-links"].written == "3"
    assert "!" in taken(answered).declarations[0].answers["broken-links"].place


def test_what_the_inventory_knew_comes_back_too(answered, answers):
    assert answers(answered)["icp"] == "鲁ICP备12345678号"


def test_a_site_with_nothing_but_what_was_filled_in_beforehand_declares_nothing(answered, taken):
    answered.say("婚姻登记预约", "应急预案", None)
    assert taken(answered).untouched == ("hall",)


def test_columns_may_be_moved(answered, answers):
    before = answers(answered)
    answered.rearranged(lambda rows: [list(reversed(row)) for row in rows])
    assert answers(answered) == before


def test_rows_may_be_sorted_and_blank_ones_put_between(answered, answers):
    before = answers(answered)
    answered.rearranged(lambda rows: [*rows[:4], [None] * len(rows[0]), *reversed(rows[4:])])
    assert answers(answered) == before


def test_sheets_may_be_renamed_moved_and_set_in_other_fonts(answered, answers):
    before = answers(answered)
    for number, sheet in enumerate(answered.book.worksheets):
        sheet.title = f"Sheet{number}"
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name="楷体", size=16, bold=True)
    answered.book.move_sheet("Sheet1", 3)
    assert answers(answered) == before


def test_columns_that_name_the_site_may_be_gone_but_one(answered, answers):
    before = answers(answered)

    def without_ids(rows):
        gone = {column for row in rows[1:3] for column, value in enumerate(row) if value in {"网站编号", "网址"}}
        return [[value for column, value in enumerate(row) if column not in gone] for row in rows]

    answered.rearranged(without_ids)
    assert answers(answered) == before


def test_an_answer_over_merged_rows_is_everybodys(answered, answers):
    cell = answered.say("区民政局", "备份频度", "每周")
    sheet = cell.parent
    sheet.merge_cells(start_row=cell.row, end_row=cell.row + 1, start_column=cell.column, end_column=cell.column)
    assert answers(answered)["backup-cycle"] == answers(answered, "hall")["backup-cycle"] == "weekly"


def test_a_heading_over_two_merged_columns_is_one_question(filled, answers):
    cell = filled.say("区民政局", "网站是否正常发布", "是")
    sheet = cell.parent
    sheet.unmerge_cells("C2:D2")
    sheet.cell(3, cell.column + 1).value = None
    sheet.merge_cells(start_row=3, end_row=3, start_column=cell.column, end_column=cell.column + 1)
    assert answers(filled)["published"] == "yes"


def test_the_cover_may_stand_in_one_cell_on_another_sheet(answered, taken):
    cover = answered.book.worksheets[0]
    cover["A3"].value, cover["B3"].value = "填表人：李某某", None
    answered.book.move_sheet(cover, 4)
    assert taken(answered).declarations[0].filled_by == "李某某"


def test_dates_may_be_text_moments_or_numbers(filled, answers):
    filled.say("区民政局", "最近恢复测试日期", "２０２６年３月１日")
    filled.say("区民政局", "预案编制日期", datetime(2026, 3, 1, 8, 30))  # noqa: DTZ001 - as spreadsheets have them
    number = filled.say("区民政局", "最近演练日期", 46082)
    number.number_format = "0"
    said = answers(filled)
    assert said["restore-tested"] == said["plan-date"] == said["drill-date"] == "2026-03-01"


def test_a_month_that_became_a_number_is_not_guessed(filled, taken):
    filled.say("区民政局", "预案编制日期", 2025.1).number_format = "0.0"
    assert "无法确定月份" in refused(taken, filled)


def test_personal_numbers_are_masked_and_named(answered, taken):
    answered.say("区民政局", "技术维护团队及联系人", "王某 13812345678")
    found = taken(answered)
    assert found.declarations[0].answers["team-contact"].value == "王某 138****5678"
    assert "13812345678" not in repr(found)
    assert any("遮盖" in note.text.zh for note in found.notes)


@pytest.mark.parametrize("number", ["110114198503070024", "１１０１１４１９８５０３０７００２４", "110114850307002"])
def test_an_id_number_is_masked_though_it_was_mistyped(answered, taken, number):
    answered.say("区民政局", "技术维护团队及联系人", f"王某 {number}")
    value = taken(answered).declarations[0].answers["team-contact"].value
    assert "******" in value


def test_a_message_that_quotes_an_answer_masks_it(answered, taken):
    answered.say("婚姻登记预约", "超期栏目数", "王某 110114198503070024")
    assert "0307" not in refused(taken, answered)


def test_every_fault_is_told_with_sheet_row_column_and_what_to_do(answered, taken):
    answered.say("区民政局", "备份频度", "经常")
    answered.say("婚姻登记预约", "超期栏目数", "若干")
    said = refused(taken, answered)
    assert "back.xlsx[三、安全防护和备份]:5:9: I5 备份频度: 不是可选的答案：经常（请填：每日、每周、每月" in said
    assert "back.xlsx[二、运行和更新情况]:6:7: G6 超期栏目数: 不是数量：若干（只写数字" in said


def test_nothing_is_taken_without_who_and_when(filled, taken):
    filled.say("区民政局", "应急预案", "有")
    filled.cover("填表人", None)
    filled.cover("填表日期", None)
    said = refused(taken, filled)
    assert "没有填写“填表人”" in said
    assert "没有填写“填表日期”" in said


def test_the_day_of_filling_in_is_a_day_and_not_a_month(answered, taken):
    answered.cover("填表日期", "2026年7月")
    assert "请写到日" in refused(taken, answered)


def test_an_untouched_form_is_refused(filled, taken):
    assert "没有填写任何答案" in refused(taken, filled)


def test_a_site_that_nobody_knows_is_an_error_that_says_what_to_do(answered, taken):
    sheet = answered.say("区民政局", "应急预案", "有").parent
    sheet.cell(7, 2).value = "区教育网"
    sheet.cell(7, 3).value = "有"
    assert "名录中没有网站 区教育网" in refused(taken, answered)


def test_answers_without_a_site_are_an_error(answered, taken):
    sheet = answered.say("区民政局", "应急预案", "有").parent
    sheet.cell(9, 3).value = "有"
    assert "没有写是哪个网站" in refused(taken, answered)


def test_sorting_some_columns_only_is_found(answered, taken):
    sheet = answered.say("区民政局", "应急预案", "有").parent
    sheet.cell(5, 2).value, sheet.cell(6, 2).value = sheet.cell(6, 2).value, sheet.cell(5, 2).value
    assert "可能只对一部分列排了序" in refused(taken, answered)


def test_a_question_that_is_answered_twice_differently_is_an_error(answered, taken):
    sheet = answered.say("区民政局", "应急预案", "有").parent
    sheet.cell(3, 14).value, sheet.cell(5, 14).value = "应急预案", "无"
    assert "的答案不同（请只保留一个）" in refused(taken, answered)


def test_a_column_that_nobody_asked_for_is_told(answered, taken):
    sheet = answered.say("区民政局", "应急预案", "有").parent
    sheet.cell(3, 14).value = "领导批示"
    assert any("无法识别该列" in note.text.zh for note in taken(answered).notes)


def test_a_formula_without_its_result_is_an_error(answered, taken):
    answered.say("区民政局", "备份方式", '=HYPERLINK("http://x.example/","异地")')
    assert "公式没有保存结果" in refused(taken, answered)


def test_an_error_in_a_cell_is_an_error(answered, taken):
    answered.say("区民政局", "备份方式", "#REF!")
    assert "单元格出错：#REF!" in refused(taken, answered)


def test_hidden_sheets_are_not_read_and_told(answered, taken):
    answered.sheet_of("应急预案").sheet_state = "hidden"
    assert any("隐藏的工作表未读取" in note.text.zh for note in taken(answered).notes)


def test_a_row_of_sums_is_left_aside(answered, taken):
    sheet = answered.sheet_of("错链、断链数")
    sheet.cell(7, 2).value, sheet.cell(7, answered.column(sheet, "错链、断链数")).value = "合计", 3
    assert taken(answered).declarations


def test_a_workbook_of_something_else_is_refused(answered, taken):
    for sheet in answered.book.worksheets:
        sheet.delete_rows(1, 60)
        sheet["A1"].value = "工资表"
    assert "没有找到自查表的表头" in refused(taken, answered)
