"""What a website shows of its identity, by name."""

from enum import StrEnum


class Element(StrEnum):
    """An element of the footer or the frame of a website (《政府网站发展指引》, 底部功能区)."""

    FILING = "icp-filing"
    POLICE = "police-filing"
    CODE = "site-code"
    MARK = "conac-mark"
    REPORT = "report-error"
    SPONSOR = "sponsor"
    UNDERTAKER = "undertaker"
    CONTACT = "contact"
    COPYRIGHT = "copyright"
    SITE_MAP = "site-map"
    ACCESSIBILITY = "accessibility"
