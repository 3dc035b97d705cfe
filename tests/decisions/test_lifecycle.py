"""Three people carry a decision; one changed character sends it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.messages import refusal_sentence
from decisions.kinds import Action, DecisionStatus
from decisions.lifecycle import NotAllowed, Refusal, after_edit, allowed_actions, next_status

AN, BINH, CHI = "An", "Bình", "Chi"
DRAFT, SUBMITTED, REVIEWED, APPROVED, ISSUED = DecisionStatus


def test_three_people_take_it_to_issue():
    earlier = {Action.EDIT: [AN]}
    assert next_status(DRAFT, Action.SUBMIT, AN, earlier) is SUBMITTED
    earlier |= {Action.SUBMIT: [AN]}
    assert next_status(SUBMITTED, Action.REVIEW, BINH, earlier) is REVIEWED
    earlier |= {Action.REVIEW: [BINH]}
    assert next_status(REVIEWED, Action.APPROVE, CHI, earlier) is APPROVED
    earlier |= {Action.APPROVE: [CHI]}
    assert next_status(APPROVED, Action.ISSUE, AN, earlier) is ISSUED


@pytest.mark.parametrize(
    ("status", "action", "actor", "did"),
    [
        (SUBMITTED, Action.REVIEW, AN, Action.EDIT),
        (REVIEWED, Action.APPROVE, AN, Action.EDIT),
        (REVIEWED, Action.APPROVE, BINH, Action.REVIEW),
    ],
)
def test_nobody_takes_two_of_the_three_steps(status, action, actor, did):
    with pytest.raises(NotAllowed) as refused:
        next_status(status, action, actor, {Action.EDIT: [AN], Action.SUBMIT: [AN], Action.REVIEW: [BINH]})
    assert (refused.value.code, refused.value.did) == ("same_person", did)


def test_whoever_changed_a_single_line_counts_as_drafter():
    with pytest.raises(NotAllowed) as refused:
        next_status(REVIEWED, Action.APPROVE, CHI, {Action.EDIT: [AN, CHI], Action.REVIEW: [BINH]})
    assert refused.value.refusal is Refusal.SAME_PERSON


@pytest.mark.parametrize("status", [DRAFT, SUBMITTED, REVIEWED, APPROVED])
def test_an_edit_sends_it_back_to_draft(status):
    assert after_edit(status) is DRAFT


def test_an_issued_decision_is_not_edited():
    with pytest.raises(NotAllowed) as refused:
        after_edit(ISSUED)
    assert refused.value.code == "wrong_status"
    assert allowed_actions(ISSUED, AN, {}) == []


def test_the_drafter_sees_only_the_steps_that_are_hers():
    earlier = {Action.EDIT: [AN], Action.SUBMIT: [AN]}
    assert allowed_actions(SUBMITTED, AN, earlier) == [Action.EDIT, Action.RETURN]
    assert allowed_actions(SUBMITTED, BINH, earlier) == [Action.EDIT, Action.REVIEW, Action.RETURN]


@given(st.lists(st.tuples(st.sampled_from(list(Action)), st.sampled_from([AN, BINH, CHI])), max_size=40))
def test_no_sequence_of_steps_lets_fewer_than_three_people_issue(steps):
    status, earlier = DRAFT, {Action.EDIT: [AN]}
    for action, actor in steps:
        try:
            status = next_status(status, action, actor, earlier)
        except NotAllowed:
            continue
        earlier = _remember(earlier, action, actor)
        if status is ISSUED:
            assert len({*earlier[Action.EDIT], *earlier[Action.REVIEW], *earlier[Action.APPROVE]}) == 3
            reviewers, approvers = set(earlier[Action.REVIEW]), set(earlier[Action.APPROVE])
            assert not reviewers & approvers
            assert not (reviewers | approvers) & {*earlier[Action.EDIT], *earlier[Action.SUBMIT]}


def _remember(earlier, action, actor):
    if action is Action.EDIT:
        return {Action.EDIT: [*earlier[Action.EDIT], actor]}
    if action is Action.RETURN:
        return {Action.EDIT: earlier[Action.EDIT]}
    return {**earlier, action: [actor]}


def test_a_refusal_is_one_vietnamese_sentence():
    with pytest.raises(NotAllowed) as refused:
        next_status(REVIEWED, Action.APPROVE, BINH, {Action.REVIEW: [BINH]})
    assert "ba người khác nhau" in refusal_sentence(refused.value)
    with pytest.raises(NotAllowed) as refused:
        next_status(DRAFT, Action.APPROVE, BINH, {})
    assert refusal_sentence(refused.value) == "Quyết định đang ở bước “đang soạn” nên chưa thể duyệt."
