import json

from click.testing import CliRunner

from quoth.cli.main import cli


def test_a_record_of_two_names_gives_a_label_a_score_and_a_reason():
    done = CliRunner().invoke(cli, ["names", "--jsonl", "-"], input='{"id": 1, "a": "Ana Orr", "b": "Orr"}\n')
    record = json.loads(done.stdout)
    assert record == {"id": 1, "label": "unsure", "score": record["score"], "reason": "surname only"}
    assert 0 < record["score"] < 1


def test_a_bad_record_is_named_and_the_others_are_compared():
    lines = '{"id": 1, "a": "Ana Orr"}\nno record\n{"id": 2, "a": "Ana Orr", "b": "Orr, Ana"}\n'
    done = CliRunner().invoke(cli, ["names", "--jsonl", "-"], input=lines, standalone_mode=False)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record.get("label") for record in records] == [None, None, "same"]
    assert '"b" is missing' in records[0]["error"]
    assert done.return_value == 1
