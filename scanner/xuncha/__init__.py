"""巡查 Xuncha: inspects government websites and proves what it says."""

__version__ = "0.1.0"
