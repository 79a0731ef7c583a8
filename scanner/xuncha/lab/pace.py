"""On loopback nobody has to be spared: a profile at full speed."""

from dataclasses import replace

from xuncha.profile import Profile, Settings

PAUSE = "pause"
"""What probes call the seconds that they let pass between two visits."""


def at_full_speed(profile: Profile, *, renders: int = 0, pictures: int = 0) -> Profile:
    """``profile`` at a pace for servers of one's own, without pauses; ``renders`` and ``pictures`` need a browser."""
    budgets = replace(profile.budgets, requests_per_second=100, concurrency=16, service_seconds=0.01)
    budgets = replace(budgets, renders=renders, pictures=pictures)
    probes = {name: _unpaused(settings) for name, settings in profile.probes.items()}
    return replace(profile, budgets=budgets, probes=probes)


def _unpaused(settings: Settings) -> Settings:
    return {name: replace(one, value=0) if name == PAUSE else one for name, one in settings.items()}
