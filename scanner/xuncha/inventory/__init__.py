"""网站名录: which sites are inspected, and under whose authorisation."""

from xuncha.inventory.authorisations import read_authorisations
from xuncha.inventory.read import Inventory, from_urls, read_inventory

__all__ = ["Inventory", "from_urls", "read_authorisations", "read_inventory"]
