"""What changed between two texts, in words a reader knows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalogue.web.portal.difference import change_words, part_changes
from decisions.content import Fee, ProcedureContent


@pytest.mark.parametrize("filler", [Fee(), Fee(amount=Decimal(0))])
def test_a_first_fee_is_told_as_the_rehearsal_tells_it(filler: Fee) -> None:
    before = ProcedureContent(name="Hòa giải", fees=(filler,))
    after = ProcedureContent(name="Hòa giải", fees=(Fee(text="Không"),))
    assert change_words(part_changes(before, after)) == "phí, lệ phí: «Không» (trước đây chưa ghi)"


def test_both_figures_of_a_changed_fee_are_told() -> None:
    before = ProcedureContent(name="Hòa giải", fees=(Fee(text="70,000 VNĐ"),))
    after = ProcedureContent(name="Hòa giải", fees=(Fee(text="50.000 đồng"),))
    assert change_words(part_changes(before, after)) == "phí, lệ phí từ «70.000 đồng» thành «50.000 đồng»"
