import pytest

from xuncha.model.basis import Basis, BasisKind, Confidence


@pytest.fixture
def verified_basis():
    return Basis("sure", BasisKind.NOTICE)


@pytest.fixture
def unverified_basis():
    return Basis("unsure", BasisKind.REFERENCE, confidence=Confidence.UNVERIFIED)
