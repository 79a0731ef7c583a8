"""What the doctor says of report formats that need more than comes with the program."""

import pytest

from xuncha_reports import pdf


@pytest.mark.parametrize(("missing", "said"), [(pdf.MISSING, "libpangoft2-1.0-0"), (None, "可以生成")])
def test_the_doctor_tells_whether_pdf_can_be_written(xuncha, monkeypatch, missing, said):
    monkeypatch.setattr(pdf, "lacks", lambda: missing)
    out = xuncha("doctor", "--offline").out
    assert ("报告格式 pdf" in out, said in out.replace("\n", "").replace(" ", "")) == (True, True)
