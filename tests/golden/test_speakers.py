"""Invented news stories with the right speaker of every statement; what is gained or lost is printed."""

import json
from pathlib import Path

from quoth.models.ports import RULES_ONLY
from quoth.pipeline.jobs import statements_of
from quoth.reading import read_text

STORIES = Path(__file__).parent / "speakers"
FOUND = 0.8  # share of the listed statements that attribution must find for the figure to mean anything
RIGHT = 0.97  # share of the speakers of those


def test_the_speakers_of_the_stories_are_found():
    expected = json.loads((STORIES / "expected.json").read_text(encoding="utf-8"))
    right, wrong, missing = 0, [], []
    for name, speakers in expected.items():
        report = read_text((STORIES / f"{name}.txt").read_text(encoding="utf-8"), name)
        linked, entities = statements_of(report, RULES_ONLY)
        names = {entity.id: entity.name for entity in entities}
        said = {one.content[0].of(report.text).strip('"“” '): names.get(one.speaker or "", "nobody") for one in linked}
        for words, speaker in speakers.items():
            found = next((who for content, who in said.items() if content.startswith(words)), None)
            if found is None:
                missing.append((name, words))
            elif found == speaker:
                right += 1
            else:
                wrong.append((name, words, f"{found}, not {speaker}"))
    total = sum(len(speakers) for speakers in expected.values())
    for line in (*missing, *wrong):
        print(*line, sep=": ")
    assert right + len(wrong) >= FOUND * total
    assert right >= RIGHT * (right + len(wrong))
