"""Long texts: printed marks stay what they are, and nothing becomes code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from catalogue.markup import TAGS, to_html


@pytest.mark.parametrize("mark", ["1.", "3.", "a)", "đ)", "Bước 1:", "(1)", "I.", "*", "#", "+", "7.2."])
def test_printed_marks_are_kept(mark: str) -> None:
    shown = html.fragment_fromstring(str(to_html(f"{mark} Nộp hồ sơ")), create_parent=True).text_content()
    assert shown.strip().lstrip("+ ") == f"{mark} Nộp hồ sơ".lstrip("+ ")


def test_lines_stay_lines() -> None:
    assert str(to_html("Nộp trực tiếp\nNộp qua bưu chính")).count("<br") == 1


def test_dashes_make_lists_with_plus_below() -> None:
    tree = html.fragment_fromstring(str(to_html("Gồm:\n- Tờ khai\n+ bản chính\n- Ảnh")), create_parent=True)
    assert [" ".join(li.text_content().split()) for li in tree.xpath("./ul/li")] == ["Tờ khai bản chính", "Ảnh"]
    assert [li.text for li in tree.xpath("./ul/li/ul/li")] == ["bản chính"]


def test_indented_and_underlined_lines_are_no_code_or_heading() -> None:
    shown = str(to_html("Điều kiện\n----\n        Thụt vào"))
    assert not re.search("<(pre|code|h[1-6]|hr)", shown)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "<a href='javascript:x'>x</a>",
        "![x](http://elsewhere.example/x.png)", "<style>*{}</style>", "&lt;script&gt;", "<svg/onload=alert(1)>",
    ],
)  # fmt: skip
def test_nothing_becomes_code(bad: str) -> None:
    tree = html.fragment_fromstring(str(to_html(bad)), create_parent=True)
    assert {element.tag for element in tree.iter()} <= TAGS | {"div"}
    assert not tree.xpath("//@href[starts-with(., 'javascript')] | //@onerror | //@onload | //@src")


def test_comparisons_and_quotes_are_text() -> None:
    tree = html.fragment_fromstring(str(to_html('diện tích < 50 m2 & "nhà ở" > 2 tầng')), create_parent=True)
    assert tree.text_content().strip() == 'diện tích < 50 m2 & "nhà ở" > 2 tầng'


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_breaks_the_rendering(text: str) -> None:
    shown = str(to_html(text))
    assert {tag.lower() for tag in re.findall(r"<\s*([a-zA-Z0-9]+)", shown)} <= TAGS
