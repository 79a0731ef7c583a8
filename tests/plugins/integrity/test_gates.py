"""Every way in which a pattern matches passes the quick look that comes before it."""

import re
import re._constants as said
import re._parser as parser
from importlib.resources import files
from itertools import islice, product

import pytest
import yaml

MOST = 50_000
GATES = (
    ("defacement.yaml", "lines", "stems"),
    ("defacement.yaml", "slogans", "slogan_stems"),
    ("bare.yaml", "words", "stems"),
)
CLASSES = {
    said.CATEGORY_WORD: "x",
    said.CATEGORY_SPACE: " ",
    said.CATEGORY_DIGIT: "1",
    said.CATEGORY_NOT_WORD: "-",
    said.CATEGORY_NOT_SPACE: "x",
}


def lists_of(name):
    return yaml.safe_load(files("xuncha_plugins.integrity").joinpath(name).read_text("utf-8"))


def ways(parsed):
    """The texts that a pattern describes, one for each of its alternatives; lookarounds and anchors say nothing."""
    pieces = [list(islice(way(kind, value), MOST)) for kind, value in parsed]
    return map("".join, islice(product(*pieces), MOST))


def way(kind, value):
    match kind:
        case said.LITERAL:
            yield chr(value)
        case said.BRANCH:
            for one in value[1]:
                yield from ways(one)
        case said.SUBPATTERN:
            yield from ways(value[-1])
        case said.MAX_REPEAT | said.MIN_REPEAT:
            least, most, inner = value
            yield from dict.fromkeys(
                times * text for text in ways(inner) for times in {least, min(most, max(least, 1))}
            )
        case said.IN:
            yield from islice((member(*one) for one in value if one[0] is not said.NEGATE), 1 if is_range(value) else 9)
        case said.ANY | said.NOT_LITERAL:
            yield "x"
        case _:
            yield ""


def is_range(value):
    return value[0][0] in (said.NEGATE, said.RANGE)


def member(kind, value):
    if kind is said.CATEGORY:
        return CLASSES[value]
    return chr(value[0] if kind is said.RANGE else value)


def samples(pattern):
    """Those of them that the pattern does match: what is excluded makes a sample of nobody."""
    reader, made = re.compile(pattern, re.IGNORECASE), ways(parser.parse(pattern.replace("[^", "[x^")))
    return [text for text in made if reader.search(text) and len(text) <= 80]


PATTERNS = [(*gate, pattern) for gate in GATES for pattern in lists_of(gate[0])[gate[1]]]


@pytest.mark.parametrize(("name", "patterns", "stems", "pattern"), PATTERNS)
def test_every_alternative_of_a_pattern_passes_the_gate(name, patterns, stems, pattern):
    found, stems = samples(pattern), lists_of(name)[stems]
    assert found
    assert not [text for text in found if not any(str(stem) in text.lower() for stem in stems)][:5]
