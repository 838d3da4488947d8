"""Every store behaves the same: one suite, run over SQLite and over PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quoth.archive.store import Outcome, Store, sha256_of, unkeepable
from quoth.archive.store.sqlite import SqliteStore
from quoth.types import ArchiveDamaged, Block, BlockKind, Document, Span

SPEECH = "The harbour of Tarn Bay will not be sold, the minister said. It belongs to everybody who works there."
ANOTHER = "Valdora will build forty ferries by 2041, half of them in Orm."


def document(id_: str = "speech", text: str = SPEECH, **known: object) -> Document:
    return Document(id_, text, sha256_of(text), **known)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        opened: Store = SqliteStore(tmp_path / "documents.sqlite", create=True)
    else:
        import psycopg  # noqa: PLC0415  # optional

        from quoth.archive.store.postgres import PostgresStore  # noqa: PLC0415  # optional

        address = request.getfixturevalue("server")
        with psycopg.connect(address, autocommit=True) as base:
            base.execute("DROP SCHEMA IF EXISTS quoth CASCADE")
        opened = PostgresStore(address, create=True)
    yield opened
    opened.close()


def outcomes(store: Store, *documents: Document) -> list[Outcome]:
    return [outcome for _, outcome in store.add(documents)]


def spoil(store: Store, sha256: str) -> None:
    """Change the first letter of a kept text behind the store's back."""
    if isinstance(store, SqliteStore):
        store._base.execute("UPDATE texts SET text = 'X' || substr(text, 2) WHERE sha256 = ?", (sha256,))
    else:
        store._base.execute("UPDATE texts SET text = set_byte(text, 0, 88) WHERE sha256 = %s", (sha256,))


def test_a_document_comes_back_as_it_was_added(store: Store) -> None:
    added = document(
        title="On the harbour",
        publisher="Ministry of Ports",
        published="2031-05-02",
        language="en",
        url="https://ports.example/1",
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, 60)), Block(BlockKind.QUOTE, Span(61, 104))),
    )
    assert outcomes(store, added) == [Outcome.NEW]
    kept = store.get("speech")
    assert kept is not None
    assert kept.document == added
    assert (kept.version, kept.current) == (1, True)


def test_every_kind_of_text_comes_back_as_it_was(store: Store) -> None:
    texts = ["a\0b", "ﬁne “quotes” — and\u2028lines", "🛳️ 1\u00a0000", "\r\n\ttabs", "é" * 5000, "x"]
    outcomes(store, *(document(f"d{number}", text) for number, text in enumerate(texts)))
    assert [kept.text for kept in store.export()] == texts


def test_adding_the_same_again_changes_nothing(store: Store) -> None:
    outcomes(store, document(), document("other", ANOTHER))
    before = store.summary()
    assert outcomes(store, document(), document("other", ANOTHER)) == [Outcome.UNCHANGED] * 2
    assert store.summary() == before


def test_a_changed_text_at_the_same_id_is_a_new_version_and_both_are_kept(store: Store) -> None:
    assert outcomes(store, document(), document(text=ANOTHER)) == [Outcome.NEW, Outcome.NEW_VERSION]
    first, second = store.versions("speech")
    assert (first.text, first.version, first.current) == (SPEECH, 1, False)
    assert (second.text, second.version, second.current) == (ANOTHER, 2, True)
    assert store.get("speech") == second
    assert store.get("speech", 1) == first
    assert (store.summary().documents, store.summary().versions) == (1, 2)


def test_adding_all_versions_again_changes_nothing(store: Store) -> None:
    outcomes(store, document(), document(text=ANOTHER))
    assert outcomes(store, document(), document(text=ANOTHER)) == [Outcome.UNCHANGED] * 2


def test_another_date_of_the_same_text_is_taken_over_without_a_new_version(store: Store) -> None:
    outcomes(store, document(published="2031-05-02"))
    assert outcomes(store, document(published="2031-05-03")) == [Outcome.DESCRIBED]
    kept = store.get("speech")
    assert kept is not None
    assert (kept.published, kept.version) == ("2031-05-03", 1)


def test_the_same_text_at_two_ids_is_two_documents(store: Store) -> None:
    assert outcomes(store, document("a"), document("b")) == [Outcome.NEW, Outcome.NEW]
    store.delete("a")
    kept = store.get("b")
    assert kept is not None
    assert kept.text == SPEECH


def test_deleting_takes_all_versions_and_gives_their_numbers(store: Store) -> None:
    outcomes(store, document(), document(text=ANOTHER), document("other", ANOTHER))
    numbers = {kept.number for kept in store.versions("speech")}
    assert set(store.delete("speech")) == numbers
    assert store.get("speech") is None
    assert store.versions("speech") == ()
    assert store.fetch(sorted(numbers)) == {}
    assert [kept.id for kept in store.export()] == ["other"]


def test_deleting_what_is_not_there_deletes_nothing(store: Store) -> None:
    outcomes(store, document())
    before = store.summary()
    assert store.delete("nobody") == ()
    assert store.summary() == before


def test_numbers_grow_and_are_never_given_out_twice(store: Store) -> None:
    outcomes(store, document("a"), document("b", ANOTHER))
    highest = store.summary().last
    store.delete("b")
    outcomes(store, document("c", ANOTHER + " Again."))
    (number,) = (kept.number for kept in store.versions("c"))
    assert number > highest
    assert store.summary().last == number


def test_what_is_new_since_a_number_is_told_in_order(store: Store) -> None:
    outcomes(store, *(document(f"d{number}", f"{SPEECH} {number}") for number in range(5)))
    every = list(store.after(0))
    assert [number for number, _ in every] == sorted(store.numbers())
    assert list(store.after(every[2][0])) == every[3:]


def test_fetching_gives_what_is_there_and_leaves_out_the_rest(store: Store) -> None:
    outcomes(store, document("a"), document("b", ANOTHER))
    (first, _), (second, _) = store.after(0)
    found = store.fetch([first, second, second + 100])
    assert {number: kept.text for number, kept in found.items()} == {first: SPEECH, second: ANOTHER}
    assert store.fetch([]) == {}


def test_the_digest_does_not_depend_on_the_order_of_adding(store: Store) -> None:
    empty = store.summary().digest
    outcomes(store, document("a"), document("b", ANOTHER))
    one_way = store.summary().digest
    store.delete("a")
    store.delete("b")
    assert store.summary().digest == empty
    outcomes(store, document("b", ANOTHER), document("a"))
    assert store.summary().digest == one_way
    outcomes(store, document("c", "Something else."))
    assert store.summary().digest != one_way


def test_a_sound_store_shows_no_damage(store: Store) -> None:
    outcomes(store, document(), document(text=ANOTHER), document("other", ANOTHER))
    store.delete("other")
    assert list(store.damage()) == []


def test_a_text_that_is_not_what_was_added_is_never_given_out(store: Store) -> None:
    outcomes(store, document(), document("other", ANOTHER))
    spoil(store, sha256_of(SPEECH))
    with pytest.raises(ArchiveDamaged, match="speech"):
        store.get("speech")
    with pytest.raises(ArchiveDamaged, match="speech"):
        store.fetch([number for number, _ in store.after(0)])
    assert [sentence for sentence in store.damage() if "speech" in sentence]
    assert store.get("other") is not None


def test_the_store_counts_what_is_missing(store: Store) -> None:
    outcomes(store, document(), document("other", ANOTHER))
    store._base.execute("DELETE FROM versions WHERE id = 'other'")
    assert list(store.damage())


def test_a_group_that_fails_halfway_leaves_nothing_of_itself(store: Store) -> None:
    outcomes(store, document())
    before = store.summary()

    def documents() -> Iterator[Document]:
        yield document("a", ANOTHER)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(store.add(documents()))
    assert store.summary() == before


def test_the_store_says_what_it_holds_when_opened_again(store: Store) -> None:
    outcomes(store, document(), document(text=ANOTHER))
    before = store.summary()
    store.close()
    if isinstance(store, SqliteStore):
        again: Store = SqliteStore(store.path)
    else:
        from quoth.archive.store.postgres import PostgresStore  # noqa: PLC0415  # optional

        again = PostgresStore(store.address)
    try:
        assert again.summary() == before
    finally:
        again.close()


@pytest.mark.parametrize(
    "bad",
    [
        document("a\0b"),
        document("i" * 2001),
        document("é" * 1001),
        document("half \ud800"),
        document("bad", title="\ud800"),
        document("bad", publisher="Ministry\0of Ports"),
        Document("bad", "half \udfff", "0"),
    ],
)
def test_a_document_that_cannot_be_kept_is_refused_and_the_others_of_its_group_are_kept(
    store: Store, bad: Document
) -> None:
    assert unkeepable(bad)
    assert outcomes(store, document("a"), bad, document("b", ANOTHER)) == [Outcome.NEW, Outcome.REFUSED, Outcome.NEW]
    assert [kept.id for kept in store.export()] == ["a", "b"]
    assert list(store.damage()) == []


def test_the_longest_id_and_every_other_character_can_be_kept(store: Store) -> None:
    ids = ["i" * 2000, "é" * 1000, "".join(chr(65536 + number * 37) for number in range(500)), "\x01\x7f\u202e\ufffe"]
    assert outcomes(store, *map(document, ids)) == [Outcome.NEW] * len(ids)
    assert [kept.id for kept in store.export()] == ids


@pytest.mark.parametrize("column", ["title", "publisher", "published", "language", "url", "blocks", "added", "seal"])
def test_a_title_or_a_date_that_is_not_what_was_added_is_damage(store: Store, column: str) -> None:
    outcomes(store, document(title="On the harbour", published="2031-05-02"), document("other", ANOTHER))
    store._base.execute(f"UPDATE versions SET {column} = '[]' WHERE id = 'speech'")
    if column == "blocks":
        store._base.execute("UPDATE versions SET blocks = '[ ]' WHERE id = 'speech'")
    (problem,) = store.damage()
    assert "speech" in problem


def test_a_layout_that_nobody_wrote_is_damage_and_one_sentence(store: Store) -> None:
    outcomes(store, document())
    for blocks in ("[" * 100_000, "[3]", '[["paragraph", 1e400, 2]]', "{}3", "null", "x"):
        mark = "?" if isinstance(store, SqliteStore) else "%s"
        store._base.execute(f"UPDATE versions SET blocks = {mark}", (blocks,))
        with pytest.raises(ArchiveDamaged, match="layout"):
            store.get("speech")
        assert list(store.damage())


def test_described_anew_is_sealed_anew(store: Store) -> None:
    outcomes(store, document(published="2031-05-02"))
    outcomes(store, document(published="2031-05-03"))
    assert list(store.damage()) == []
