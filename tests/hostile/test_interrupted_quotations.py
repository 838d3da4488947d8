"""One quotation that is interrupted hundreds of times is read in a time that grows with its length."""

import time

from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.types import Document

SOURCE = (
    "The mayor of Tarn Bay spoke on Monday. If the bank agrees we paid in full, he said, and we paid on time. "
    "The council has not answered. Nobody paid for the quay but the guild of weavers, who own it. "
)


def seconds(times: int) -> float:
    report = Document("report", "“We paid, he said.\n" * times, "")
    began = time.process_time()
    examine(report, [Document("source", SOURCE * 8, "")], RULES_ONLY)
    return time.process_time() - began


def test_the_time_grows_with_the_length_and_not_with_its_square():
    seconds(20)  # tables are read once
    few, many = seconds(75), seconds(300)
    assert many <= 8 * few + 0.4  # 4 times as much text
