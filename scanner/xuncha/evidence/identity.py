"""Resident ID numbers (GB 11643) in what was handed in, however they are written.

Without a heading only a number with a right check character counts: contract and tax numbers have as many digits. In a
column or behind a label that says 身份证 also the old form of 15 digits, a typing error, and what a spreadsheet left of
a number that was typed as a number.
"""

import re
import unicodedata

from xuncha.store.mask import is_resident_id, may_be_resident_id

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9]\.)[1-8][0-9]{5}[ -]?"
    r"(?:[0-9]{4}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9Xx]|[0-9]{6}[ -]?[0-9]{3})(?![0-9A-Za-z])"
)
_HEADING = re.compile(
    r"(?:居民|公民|本人)?(?:身份证件?|有效证件|证件|公民身份)(?:号码?|编号)?(?:[（(].{0,20}[）)])?[:：]?|身份号码|ID号码?",
    re.IGNORECASE,
)
_NEW_LENGTH = 18
_LABELLED = re.compile(r"(?:身份证|证件号|身份号|ID号)[^0-9\n]{0,12}(?=[1-8])", re.IGNORECASE)


def is_named_after_id(path: str) -> bool:
    """Whether a file or folder is called by an ID number; what looks like one is one, for no name needs it."""
    plain = unicodedata.normalize("NFKC", path)
    numbers = (re.sub("[ -]", "", found[0]) for found in _NUMBER.finditer(plain))
    return holds_resident_id(plain) or any(len(one) == _NEW_LENGTH and may_be_resident_id(one) for one in numbers)


def holds_resident_id(text: str) -> bool:
    """Whether a resident ID number stands in ``text``."""
    plain = unicodedata.normalize("NFKC", text)
    headed = False
    for line in plain.splitlines():
        headed = headed or any(map(_HEADING.fullmatch, line.split()))
        labelled = [found.end() for found in _LABELLED.finditer(line)]
        for found in _NUMBER.finditer(line):
            number = re.sub("[ -]", "", found[0])
            if is_resident_id(number) or ((headed or found.start() in labelled) and may_be_resident_id(number)):
                return True
    return False
