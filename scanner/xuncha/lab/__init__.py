"""A small district of websites on loopback, with every fault that a check knows. See ``Lab``."""

from xuncha.lab.district import CLEAN, DISTRICT
from xuncha.lab.faults import FAULTS, Fault, UnknownFaultError
from xuncha.lab.lab import NETWORKS, Lab, Seen
from xuncha.lab.spec import LabSite

__all__ = ["CLEAN", "DISTRICT", "FAULTS", "NETWORKS", "Fault", "Lab", "LabSite", "Seen", "UnknownFaultError"]
