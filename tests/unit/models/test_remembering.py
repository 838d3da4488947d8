import numpy as np

from quoth.models.ports import Tools
from quoth.models.remembering import RememberingEmbedder
from quoth.pipeline.examine import examine
from quoth.reading import read_text

REPORT = "The harbour minister said that the quay would be closed by May.\n\nShe told the council that nobody had paid."
SOURCE = "The quay has to be shut before May, the minister told us. Nobody paid for it. The council knew nothing."


class Counting:
    def __init__(self):
        self.asked = []

    def embed(self, texts):
        self.asked.append(tuple(texts))
        rows = np.array([[len(text), text.count("e") + 1.0, 1.0] for text in texts], dtype=np.float32).reshape(-1, 3)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_an_examination_asks_the_embedder_nothing_twice():
    model = Counting()
    examine(read_text(REPORT, "report"), [read_text(SOURCE, "source")], Tools(embedder=model))
    assert model.asked
    assert len(model.asked) == len(set(model.asked))


def test_what_is_remembered_is_what_the_model_said_of_the_same_texts_together():
    model = Counting()
    kept = RememberingEmbedder(model)
    texts = ["The quay is shut.", "Nobody paid."]
    for asked in (texts, texts[1:], texts, []):
        assert (kept.embed(asked) == Counting().embed(asked)).all()
    assert model.asked == [tuple(texts), tuple(texts[1:]), ()]
