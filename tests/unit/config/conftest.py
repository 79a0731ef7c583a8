import pytest

from xuncha.config.errors import ConfigError


@pytest.fixture
def lines_of():
    """The English lines of the error that a call raises."""

    def call(function, *args, **kwargs):
        with pytest.raises(ConfigError) as caught:
            function(*args, **kwargs)
        return caught.value.lines("en")

    return call


@pytest.fixture
def written(tmp_path):
    """A file with this text."""

    def write(text, name="file.yaml", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write
