"""What an agent types brings the phrase that she means to the top, nineteen times of twenty."""

from collections import Counter

import pytest

from companion.phrases.search import Index
from tests.phrases.quality import corpus

LEAST = 0.95


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(corpus.entries())


def test_there_are_enough_phrases_and_queries_and_each_is_one_of_them() -> None:
    titles = [entry.title for entry in corpus.entries()]
    assert len(titles) == len(set(titles)) >= 1_000
    queries = corpus.queries()
    assert len(queries) >= 150
    assert {title for _, title, _ in queries} <= set(titles)
    assert len({query for query, _, _ in queries}) == len(queries)


def test_the_phrase_that_is_meant_comes_first(index: Index) -> None:
    queries, missed, kinds = corpus.queries(), [], Counter[str]()
    for query, title, kind in queries:
        hits = [hit.entry.title for hit in index.find(query, 10)]
        if hits[:1] != [title]:
            rank = hits.index(title) + 1 if title in hits else 0
            missed.append(f"{kind}: {query} → {title} is no. {rank or '-'}; first {hits[:1]}")
            kinds[kind] += 1
    share = 1 - len(missed) / len(queries)
    said = "\n".join([f"{share:.1%} of {len(queries)} first", *missed])
    print(said)
    assert share >= LEAST, said
