"""What only an index on disk can suffer: other processes, kills, full disks, damage, age."""

from __future__ import annotations

import gc
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search_index.ports import IndexBusy, IndexedDocument, IndexFailed, IndexUnusable, Query
from search_index.whoosh_backend import SCHEMA_VERSION, WhooshBackend
from tests.search_index.documents import BIRTH, CATALOGUE, DEATH, TODAY, codes, document

ROOT = Path(__file__).resolve().parents[2]

posix_only = pytest.mark.skipif(os.name != "posix", reason="kills and limits as POSIX has them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index of the small catalogue."""
    WhooshBackend(tmp_path / "index").rebuild(CATALOGUE)
    return tmp_path / "index"


def builds(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("build-*"))


def many(count: int) -> Iterator[IndexedDocument]:
    for number in range(count):
        yield document(f"1.{number:06}", f"Cấp phép {number}", body=f"Nộp tờ khai mẫu {number} kèm giấy tờ. " * 40)


@contextmanager
def elsewhere(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Runs code in another process, with `backend` and `many` at hand."""
    head = f"""
        import sys
        from search_index.whoosh_backend import WhooshBackend
        from tests.search_index.test_whoosh_backend import many
        backend = WhooshBackend({str(folder)!r})
    """
    program = textwrap.dedent(head) + textwrap.dedent(code)
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        yield child


def killed_at(said: str, child: subprocess.Popen[str]) -> None:
    """Waits until the process says so, then kills it at once."""
    assert child.stdout is not None
    assert child.stdout.readline() == said + "\n"
    child.send_signal(signal.SIGKILL)
    child.wait()


class TestKilled:
    @posix_only
    def test_a_rebuild_killed_half_way_leaves_the_old_index_and_the_next_cleans_up(self, folder):
        code = "backend.rebuild(many(10_000), lambda read: read == 200 and print('half', flush=True))"
        with elsewhere(code, folder) as child:
            killed_at("half", child)
        backend = WhooshBackend(folder, lock_timeout=0.5)
        assert codes(backend, "đăng ký khai sinh")[0] == BIRTH.code
        assert len(builds(folder)) == 2
        backend.rebuild([DEATH])
        assert len(builds(folder)) == 1
        assert codes(backend, "") == [DEATH.code]

    @posix_only
    def test_a_killed_change_leaves_the_index_as_it_was(self, folder):
        code = """
            from dataclasses import replace
            class Telling(tuple):
                def __iter__(self):
                    print("half", flush=True)
                    return super().__iter__()
            documents = list(many(5_000))
            documents[50] = replace(documents[50], decision_numbers=Telling())
            backend.replace(documents)
        """
        with elsewhere(code, folder) as child:
            killed_at("half", child)
        backend = WhooshBackend(folder, lock_timeout=0.5)
        assert backend.count() == len(CATALOGUE)
        backend.replace([document("1.000009", "Cấp phép họp báo")])
        assert codes(backend, "họp báo") == ["1.000009"]
        assert backend.count() == len(CATALOGUE) + 1


class TestOtherProcesses:
    def test_a_reader_sees_what_another_process_writes(self, folder):
        backend = WhooshBackend(folder)
        before = backend.revision
        assert codes(backend, "cấp phép 7") == ["1.013061"]
        with elsewhere("backend.replace(many(8))", folder) as child:
            assert child.wait() == 0
        assert codes(backend, "cấp phép 7")[0] == "1.000007"
        with elsewhere("backend.rebuild(many(3))", folder) as child:
            assert child.wait() == 0
        assert set(codes(backend, "")) == {"1.000000", "1.000001", "1.000002"}
        assert backend.revision != before

    def test_a_reader_keeps_answering_while_another_rebuilds_again_and_again(self, folder):
        backend = WhooshBackend(folder)
        answers = set()
        with elsewhere("for _ in range(6): backend.rebuild(many(20))", folder) as child:
            while child.poll() is None:
                answers.add(backend.search(Query("cấp phép", TODAY)).total > 0)
        assert child.returncode == 0
        assert answers == {True}

    def test_a_second_writer_waits_and_then_is_told(self, folder):
        release = threading.Event()
        started = threading.Event()

        def slow() -> Iterator[IndexedDocument]:
            yield DEATH
            started.set()
            release.wait(10)

        writer = threading.Thread(target=lambda: WhooshBackend(folder).rebuild(slow()))
        writer.start()
        started.wait(10)
        second = WhooshBackend(folder, lock_timeout=0.1)
        for write in (
            lambda: second.replace([BIRTH]), lambda: second.remove([BIRTH.key]), lambda: second.rebuild([BIRTH])
        ):  # fmt: skip
            with pytest.raises(IndexBusy, match="đang ghi chỉ mục tìm kiếm"):
                write()
        assert codes(second, "khai sinh")[0] == BIRTH.code
        release.set()
        writer.join()
        assert codes(second, "") == [DEATH.code]

    def test_a_writer_that_waits_gets_its_turn(self, folder):
        first, second = WhooshBackend(folder), WhooshBackend(folder)
        threads = [
            threading.Thread(target=backend.replace, args=([document(f"1.{n}", f"Cấp phép {n}")],))
            for n, backend in enumerate([first, second] * 3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert first.count() == second.count() == len(CATALOGUE) + 6


class TestFullDisk:
    @posix_only
    @pytest.mark.parametrize("verb", ["rebuild", "replace"])
    def test_a_full_disk_is_told_and_the_index_lives(self, folder, verb):
        # A limit on the size of a file stands in for the end of the disk: the same error from the same calls.
        code = f"""
            import resource
            from search_index.ports import IndexFailed
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
            try:
                backend.{verb}(many(3_000))
            except IndexFailed as error:
                print(error)
        """
        with elsewhere(code, folder) as child:
            said, _ = child.communicate(timeout=60)
        assert said.startswith("Không ghi được chỉ mục tìm kiếm")
        backend = WhooshBackend(folder)
        assert backend.count() == len(CATALOGUE)
        assert codes(backend, "đăng ký khai sinh")[0] == BIRTH.code
        assert len(builds(folder)) == 1
        backend.replace([document("1.000009", "Cấp phép họp báo")])
        assert backend.count() == len(CATALOGUE) + 1

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path):
        (tmp_path / "index").write_text("một tệp, không phải thư mục")
        with pytest.raises(IndexFailed, match="Không ghi được chỉ mục tìm kiếm"):
            WhooshBackend(tmp_path / "index").rebuild(CATALOGUE)


class TestUnusable:
    def ask(self, folder: Path) -> None:
        WhooshBackend(folder).search(Query("khai sinh", TODAY))

    def test_no_index_is_told(self, tmp_path):
        with pytest.raises(IndexUnusable, match="Chưa có chỉ mục"):
            self.ask(tmp_path / "index")
        with pytest.raises(IndexUnusable, match="Chưa có chỉ mục"):
            WhooshBackend(tmp_path / "index").replace([BIRTH])

    def test_an_index_of_another_schema_is_told(self, folder):
        pointer = folder / "current"
        pointer.write_text("0 " + pointer.read_text().split(" ", 1)[1])
        with pytest.raises(IndexUnusable, match="phiên bản khác"):
            self.ask(folder)

    @pytest.mark.parametrize(
        "content",
        [b"", b"khong ro", b"\xff\xfe\x00", f"{SCHEMA_VERSION} build-xyz 0".encode(), b"1 .. nhieu qua"],
    )
    def test_a_pointer_to_nothing_is_told(self, folder, content):
        (folder / "current").write_bytes(content)
        with pytest.raises(IndexUnusable, match="bị hỏng"):
            self.ask(folder)

    # Whoosh does not close a file in which it finds nonsense; that is left to the collector.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    @pytest.mark.parametrize("ending", [".toc", ".seg"])
    @pytest.mark.parametrize("damage", ["gone", "cut", "overwritten"])
    def test_a_damaged_index_is_told_and_a_rebuild_heals(self, folder, ending, damage):
        path = next(path for path in (folder / builds(folder)[0]).iterdir() if path.name.endswith(ending))
        content = path.read_bytes()
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(content[: len(content) // 3] if damage == "cut" else b"\x7f" * len(content))
        with pytest.raises(IndexUnusable, match="bị hỏng"):
            self.ask(folder)
        backend = WhooshBackend(folder)
        backend.rebuild(CATALOGUE)
        gc.collect()
        assert codes(backend, "đăng ký khai sinh")[0] == BIRTH.code


def test_only_one_build_is_kept(folder):
    backend = WhooshBackend(folder)
    for _ in range(3):
        backend.rebuild(CATALOGUE)
    assert len(builds(folder)) == 1


def test_questions_are_not_slowed_by_looking_for_changes(folder):
    """Nothing but one look at `current` between two questions: no file is opened."""
    backend = WhooshBackend(folder)
    codes(backend, "khai sinh")
    opened = resource.getrusage(resource.RUSAGE_SELF).ru_inblock
    seen = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _ in range(20):
        codes(backend, "khai sinh")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_inblock == opened
    assert (len(os.listdir("/proc/self/fd")) if seen else 0) == seen


def test_what_is_no_longer_read_is_closed(folder):
    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc to count open files in")
    backend = WhooshBackend(folder)
    counts = []
    for _ in range(8):
        backend.rebuild(CATALOGUE)
        codes(backend, "khai sinh")
        counts.append(len(os.listdir("/proc/self/fd")))
    assert counts[-1] <= counts[1] + 2
