"""Workflows as hypothesis makes them: clean ones, grown from blocks as an officer draws them, and any others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from decisions.content import ChannelKind, TimeUnit
from decisions.workflow import (
    HOURS_A_DAY,
    Branching,
    Counting,
    Route,
    Stage,
    StepKind,
    StepTime,
    Workflow,
    WorkflowKind,
    WorkflowStep,
)
from decisions.workflow_paths import longest_path

ROLES = {
    "Trung tâm Phục vụ hành chính công tỉnh": ("Công chức tiếp nhận hồ sơ", "Công chức trả kết quả"),
    "Phòng Nghiệp vụ, Sở Tư pháp": ("Lãnh đạo phòng", "Chuyên viên thụ lý"),
    "Lãnh đạo Sở Tư pháp": ("Giám đốc Sở", "Phó Giám đốc Sở"),
    "Văn thư Sở Tư pháp": ("Văn thư",),
    "Văn phòng UBND tỉnh": ("Chuyên viên tham mưu", "Lãnh đạo Văn phòng"),
}
UNITS = tuple(ROLES)
WORK = (
    "Phân công thụ lý hồ sơ",
    "Thẩm định hồ sơ, dự thảo kết quả giải quyết",
    "Xác minh thực tế tại nơi cư trú; lập biên bản có chữ ký của người được xác minh và đại diện tổ dân phố",
    "Lấy ý kiến cơ quan có liên quan",
    "Trình lãnh đạo xem xét, ký duyệt",
    "Vào sổ, đóng dấu, chuyển kết quả",
)
CONDITIONS = ("Hồ sơ đủ điều kiện", "Hồ sơ chưa đầy đủ, chưa hợp lệ", "Phải xác minh", "Không đủ điều kiện", "")
FORMS = ("Mẫu số 01", "Mẫu số 02", "Mẫu số 05", "Mẫu số 06")


def hours_time(hours: Decimal) -> StepTime:
    """A time printed in hours, or in days where it is a whole quarter of one."""
    days = hours / HOURS_A_DAY
    if hours and days % Decimal("0.25") == 0:
        text = f"{days.normalize():f}".replace(".", ",")
        return StepTime(f"{text} ngày làm việc", hours, TimeUnit.WORKING_DAY, Counting.COUNTED)
    return StepTime(f"{int(hours):02d} giờ làm việc", hours, TimeUnit.HOUR, Counting.COUNTED)


OFFICE_HOURS = StepTime("Giờ hành chính", Decimal(0), None, Counting.OFFICE_HOURS)
NOT_COUNTED = StepTime("Không tính thời gian", Decimal(0), None, Counting.NOT_COUNTED)


@dataclass
class _Growing:
    """Steps in order while a workflow grows; ``products`` are what every later step may ask for."""

    steps: list[WorkflowStep] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    most: int = 30

    def key(self) -> str:
        return f"b{len(self.steps) + 1}"

    def add(self, step: WorkflowStep) -> str:
        self.steps.append(step)
        return step.key

    def route(self, key: str, *routes: Route) -> None:
        at = next(i for i, step in enumerate(self.steps) if step.key == key)
        self.steps[at] = replace(self.steps[at], routes=(*self.steps[at].routes, *routes))

    @property
    def full(self) -> bool:
        return len(self.steps) >= self.most


def _work(draw: st.DrawFn, growing: _Growing, **values: Any) -> str:
    unit = draw(st.sampled_from(UNITS))
    product = draw(st.sampled_from(("", "Dự thảo văn bản", "Biên bản", "Phiếu trình")))
    step = WorkflowStep(
        key=growing.key(),
        text=draw(st.sampled_from(WORK)),
        label=f"B{len(growing.steps) + 1}",
        unit=unit,
        role=draw(st.sampled_from(ROLES[unit])),
        time=hours_time(Decimal(draw(st.integers(1, 40)))),
        product=f"{product} {len(growing.steps) + 1}" if product else "",
        forms=draw(st.lists(st.sampled_from(FORMS), max_size=2, unique=True).map(tuple)),
        inputs=(draw(st.sampled_from(growing.products)),) if growing.products and draw(st.booleans()) else (),
    )
    return growing.add(replace(step, **values))


def _line(draw: st.DrawFn, growing: _Growing, depth: int, parallel: bool) -> tuple[str, list[str]]:
    """Blocks one after another: the first step and the open ends, which lead to whatever comes after."""
    first, ends, trunk = "", list[str](), list[str]()
    for _ in range(draw(st.integers(1, 3))):
        entry, after = _block(draw, growing, depth, parallel, trunk)
        for end in ends:
            growing.route(end, Route(entry))
        first, ends = first or entry, after
        if len(after) == 1:
            trunk.append(after[0])
            _may_produce(growing, after[0], parallel)
    return first, ends


def _may_produce(growing: _Growing, key: str, parallel: bool) -> None:
    """What a step on the trunk makes is there for all that come later."""
    step = next(step for step in growing.steps if step.key == key)
    if step.product and not parallel and not growing.products:
        growing.products.append(step.product)


def _block(draw: st.DrawFn, growing: _Growing, depth: int, parallel: bool, trunk: list[str]) -> tuple[str, list[str]]:
    kinds = ["step", "step", "handover"]
    if depth and not growing.full:
        kinds += ["choice", "parallel", "wait"]
    if trunk:
        kinds.append("check")
    kind = draw(st.sampled_from(kinds))
    if kind == "choice":
        return _choice(draw, growing, depth - 1, parallel)
    if kind == "parallel":
        return _parallel(draw, growing, depth - 1)
    if kind == "wait":
        return _wait(draw, growing)
    step = _work(draw, growing, kind=StepKind.HANDOVER if kind == "handover" else StepKind.TASK)
    if kind == "check":
        growing.route(step, Route(draw(st.sampled_from(trunk)), "Phải làm lại", returns=True))
    return step, [step]


def _choice(draw: st.DrawFn, growing: _Growing, depth: int, parallel: bool) -> tuple[str, list[str]]:
    """One of two or three ways; one may end the workflow where nothing else runs beside it."""
    head, open_ends = _work(draw, growing), list[str]()
    before = list(growing.products)
    for condition in draw(st.permutations(CONDITIONS[:4]))[: draw(st.integers(2, 3))]:
        growing.products[:] = before
        entry, ends = _line(draw, growing, depth, parallel=True)
        growing.route(head, Route(entry, condition))
        open_ends += ends
    growing.products[:] = before
    if not parallel and draw(st.booleans()):
        growing.route(head, Route("", "Từ chối tiếp nhận"))
    return head, open_ends


def _parallel(draw: st.DrawFn, growing: _Growing, depth: int) -> tuple[str, list[str]]:
    """Two or three ways at once, and a step that waits for all of them."""
    head, open_ends = _work(draw, growing, branching=Branching.ALL), list[str]()
    before = list(growing.products)
    for _ in range(draw(st.integers(2, 3))):
        growing.products[:] = before
        entry, ends = _line(draw, growing, depth, parallel=True)
        growing.route(head, Route(entry))
        if len(ends) > 1:  # only one arrives of a choice: they meet before the join
            meeting = _work(draw, growing)
            for end in ends:
                growing.route(end, Route(meeting))
            ends = [meeting]
        open_ends += ends
    growing.products[:] = before
    join = _work(draw, growing, waits_for_all=True)
    for end in open_ends:
        growing.route(end, Route(join))
    return head, [join]


def _wait(draw: st.DrawFn, growing: _Growing) -> tuple[str, list[str]]:
    """A check that may send the citizen away for more papers; the check is made again when they come."""
    check = _work(draw, growing, text="Kiểm tra hồ sơ")
    waiting = growing.add(
        WorkflowStep(
            key=growing.key(),
            text="Chờ người nộp bổ sung hồ sơ",
            label=f"B{len(growing.steps) + 1}",
            unit=UNITS[0],
            role=ROLES[UNITS[0]][0],
            time=NOT_COUNTED,
            kind=StepKind.WAIT,
            forms=("Mẫu số 02",),
        )
    )
    growing.route(check, Route(waiting, "Hồ sơ chưa đầy đủ"))
    following = _work(draw, growing)
    growing.route(check, Route(following, "Hồ sơ đầy đủ"))
    growing.route(waiting, Route(check, "Đã bổ sung", returns=True), Route(following, "Bổ sung xong"))
    return check, [following]


def _plain_routes(steps: list[WorkflowStep]) -> tuple[WorkflowStep, ...]:
    """Leave out the one route that says no more than "the next step", as people do."""
    following = [step.key for step in steps[1:]] + [""]
    return tuple(
        replace(step, routes=()) if step.routes == (Route(after),) else step
        for step, after in zip(steps, following, strict=True)
    )


@st.composite
def workflows(draw: st.DrawFn, most: int = 20) -> Workflow:
    """A clean workflow of about ``most`` steps at most: every way ends, every step is reached, the sum is right.

    Every step has a unit of ``UNITS`` and a role of ``ROLES``; ``inputs`` are products of steps that always come
    before; the printed total is the longest path.
    """
    growing = _Growing(most=most)
    unit = UNITS[0]
    received = growing.add(
        WorkflowStep("b1", "Tiếp nhận hồ sơ", "B1", "", unit, ROLES[unit][0], OFFICE_HOURS, StepKind.RECEIVE)
    )
    entry, ends = _line(draw, growing, 2, parallel=False)
    growing.route(received, Route(entry))
    label = f"B{len(growing.steps) + 1}"
    returned = growing.add(
        WorkflowStep(growing.key(), "Trả kết quả", label, "", unit, ROLES[unit][-1], OFFICE_HOURS, StepKind.RETURN)
    )
    for end in ends:
        growing.route(end, Route(returned))
    plain = Workflow("Quy trình cấp bản sao trích lục hộ tịch", _plain_routes(growing.steps))
    return replace(
        plain,
        total=hours_time(longest_path(plain).hours),
        symbol=draw(st.sampled_from(("", "QT.HT.01"))),
        case=draw(st.sampled_from(("", "Phải xác minh"))),
        channel=draw(st.sampled_from((None, *ChannelKind))),
        non_territorial=draw(st.booleans()),
    )


_texts = st.one_of(
    st.sampled_from(
        (*WORK, *CONDITIONS, "", "<b>&amp;</b> \"A\" 'B'", "dòng 1\r\n\tdòng 2 ", "C:\\hồ sơ\\1", "𠮷 ]]>")
    ),
    st.text(max_size=30),
)
_hours = st.decimals(min_value=0, max_value=5000, places=2)
_times = st.builds(
    StepTime,
    text=_texts,
    hours=st.one_of(st.none(), _hours),
    unit=st.one_of(st.none(), st.sampled_from(TimeUnit)),
    counting=st.sampled_from(Counting),
    conditional=st.booleans(),
)
_extra = st.dictionaries(_texts, st.recursive(st.none() | st.booleans() | st.integers() | _texts, st.lists), max_size=2)
_many = st.lists(_texts, max_size=3).map(tuple)


def _steps(keys: list[str]) -> st.SearchStrategy[list[WorkflowStep]]:
    route = st.builds(Route, to=st.sampled_from([*keys, "", "không có"]), condition=_texts, returns=st.booleans())
    lists = dict.fromkeys(("forms", "papers", "inputs", "notices"), _many)
    texts = dict.fromkeys(("text", "label", "stage", "role", "product", "note", "state", "actor", "eform"), _texts)
    return st.tuples(
        *(
            st.builds(
                WorkflowStep,
                key=st.just(key),
                unit=st.sampled_from((*UNITS, "")) | _texts,
                time=_times,
                online=st.none() | _times,
                kind=st.sampled_from(StepKind),
                branching=st.sampled_from(Branching),
                waits_for_all=st.booleans(),
                routes=st.lists(route, max_size=3).map(tuple),
                extra=_extra,
                **texts,
                **lists,
            )
            for key in keys
        )
    ).map(list)


@st.composite
def any_workflows(draw: st.DrawFn, most: int = 8) -> Workflow:
    """Any value of the type: circles, ways to nowhere, several equal routes, odd keys, every text XML finds hard."""
    keys = st.sampled_from(("b1", "b2", "B1", "1", "bước một", "a b", "start", "end", "lane_1", "ß", "-")) | st.text(
        min_size=1, max_size=6
    )
    steps = draw(_steps(draw(st.lists(keys, max_size=most, unique=True))))
    return draw(
        st.builds(
            Workflow,
            name=_texts,
            steps=st.just(tuple(steps)),
            kind=st.sampled_from(WorkflowKind),
            channel=st.none() | st.sampled_from(ChannelKind),
            non_territorial=st.booleans(),
            total=_times,
            stages=st.lists(st.builds(Stage, _texts, _times), max_size=2).map(tuple),
            records=_many,
            extra=_extra,
            **dict.fromkeys(
                ("symbol", "case", "purpose", "scope", "references", "definitions", "retention", "note"), _texts
            ),
        )
    )


def linear(count: int = 7) -> Workflow:
    """One step after another through the units in turn: what most annexes print."""
    units = [UNITS[0], *(UNITS[1 + (at // 2) % (len(UNITS) - 1)] for at in range(1, count - 1)), UNITS[0]]
    kinds = [StepKind.RECEIVE, *[StepKind.TASK] * (count - 2), StepKind.RETURN]
    names = ["Tiếp nhận hồ sơ", *(WORK[at % len(WORK)] for at in range(count - 2)), "Trả kết quả"]
    return Workflow(
        "Quy trình cấp Phiếu lý lịch tư pháp",
        tuple(
            WorkflowStep(f"b{at + 1}", name, f"B{at + 1}", "", unit, ROLES[unit][0], hours_time(Decimal(4)), kind)
            for at, (name, unit, kind) in enumerate(zip(names, units, kinds, strict=True))
        ),
    )


def branching() -> Workflow:
    """A wait for the citizen, two parallel opinions, a refusal and a return: everything a diagram must show."""
    centre, room, leaders, _, office = UNITS

    def step(key: str, text: str, unit: str, hours: int, *routes: Route, **values: Any) -> WorkflowStep:
        time = values.pop("time", hours_time(Decimal(hours)))
        return WorkflowStep(key, text, key.upper(), "", unit, ROLES[unit][0], time, routes=routes, **values)

    return Workflow(
        "Quy trình cấp giấy phép có lấy ý kiến cơ quan phối hợp",
        (
            step("b1", "Tiếp nhận hồ sơ", centre, 0, kind=StepKind.RECEIVE, time=OFFICE_HOURS, forms=("Mẫu số 01",)),
            step("b2", "Kiểm tra hồ sơ", room, 4, Route("b3", "Hồ sơ chưa đầy đủ"), Route("b4", "Hồ sơ đầy đủ")),
            step(
                "b3",
                "Chờ người nộp bổ sung hồ sơ",
                centre,
                0,
                Route("b2", "Đã bổ sung", returns=True),
                Route("", "Quá hạn không bổ sung"),
                kind=StepKind.WAIT,
                time=NOT_COUNTED,
                forms=("Mẫu số 02",),
            ),
            step("b4", "Lấy ý kiến", room, 4, Route("b5"), Route("b6"), branching=Branching.ALL),
            step("b5", "Xác minh thực tế, lập biên bản", room, 24, Route("b7"), product="Biên bản xác minh"),
            step("b6", "Cho ý kiến bằng văn bản", office, 16, Route("b7"), kind=StepKind.HANDOVER),
            step("b7", "Thẩm định, dự thảo kết quả giải quyết", room, 8, waits_for_all=True, product="Dự thảo"),
            step(
                "b8",
                "Xem xét, ký duyệt",
                leaders,
                4,
                Route("b9", "Đồng ý"),
                Route("b7", "Chưa đồng ý", returns=True),
                inputs=("Dự thảo",),
            ),
            step("b9", "Trả kết quả", centre, 0, kind=StepKind.RETURN, time=OFFICE_HOURS),
        ),
        total=hours_time(Decimal(44)),
    )


def building_permit() -> Workflow:
    """A house in the sample province, 07 working days: papers missing, an opinion asked while the site is looked at."""
    centre = "Trung tâm Phục vụ hành chính công phường Bến Đá"
    room = "Phòng Kinh tế, Hạ tầng và Đô thị phường Bến Đá"
    electricity, committee = "Công ty Điện lực Sông Thao", "Ủy ban nhân dân phường Bến Đá"

    def step(key: str, text: str, unit: str, role: str, days: str, *routes: Route, **values: Any) -> WorkflowStep:
        time = values.pop("time", None) or hours_time(Decimal(days) * HOURS_A_DAY)
        return WorkflowStep(key, text, key.upper(), "", unit, role, time, routes=routes, **values)

    lacking, complete = Route("b3", "Hồ sơ chưa đầy đủ"), Route("b4", "Hồ sơ đầy đủ")
    back, ended = Route("b2", "Đã bổ sung", returns=True), Route("", "Quá hạn, không bổ sung")
    agreed, again = Route("b9", "Đồng ý"), Route("b7", "Yêu cầu làm rõ", returns=True)
    steps = (
        step("b1", "Tiếp nhận hồ sơ, số hóa, hẹn ngày trả kết quả", centre, "Công chức tiếp nhận", "0",
             kind=StepKind.RECEIVE, time=OFFICE_HOURS, forms=("Mẫu số 01",), papers=("Đơn đề nghị cấp phép xây dựng",)),
        step("b2", "Kiểm tra hồ sơ", room, "Công chức thụ lý", "0.5", lacking, complete),
        step("b3", "Chờ chủ đầu tư bổ sung hồ sơ", centre, "Công chức tiếp nhận", "0", back, ended,
             kind=StepKind.WAIT, time=NOT_COUNTED, forms=("Mẫu số 02",)),
        step("b4", "Phân công xác minh và lấy ý kiến", room, "Lãnh đạo phòng", "0.5", Route("b5"), Route("b6"),
             branching=Branching.ALL),
        step("b5", "Kiểm tra thực địa, lập biên bản", room, "Công chức thụ lý", "2", Route("b7"),
             product="Biên bản kiểm tra thực địa"),
        step("b6", "Cho ý kiến về hành lang an toàn lưới điện", electricity, "Cán bộ kỹ thuật", "3", Route("b7"),
             kind=StepKind.HANDOVER, product="Văn bản cho ý kiến"),
        step("b7", "Thẩm định hồ sơ, dự thảo giấy phép xây dựng", room, "Công chức thụ lý", "1.5", waits_for_all=True,
             inputs=("Biên bản kiểm tra thực địa", "Văn bản cho ý kiến"), product="Dự thảo giấy phép"),
        step("b8", "Xem xét, ký giấy phép xây dựng", committee, "Chủ tịch", "1", agreed, again,
             inputs=("Dự thảo giấy phép",), product="Giấy phép xây dựng"),
        step("b9", "Vào sổ, đóng dấu, chuyển kết quả", committee, "Văn thư", "0.5"),
        step("b10", "Trả kết quả và thu lệ phí", centre, "Công chức trả kết quả", "0", kind=StepKind.RETURN,
             time=OFFICE_HOURS),
    )  # fmt: skip
    name = "Quy trình cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"
    return Workflow(name, steps, symbol="QT.XD.07", case="Nhà ở riêng lẻ", total=hours_time(Decimal(56)))
