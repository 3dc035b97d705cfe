"""Full-text search over dated Vietnamese documents.

Here live the port (`ports`), Vietnamese text analysis (`vietnamese`), ranking (`relevance`, `engine`), the back ends
(`memory`, `whoosh_backend`) and the measures of quality (`measures`). Nothing here knows procedures, decisions, the
database or the web: the application hands in documents and questions.
"""

from __future__ import annotations

from search_index.ports import SearchBackend
from search_index.question import Expansions


def open_backend(url: str, expansions: Expansions | None = None) -> SearchBackend:
    """The back end an address names: "memory:" or "whoosh:FOLDER" (also "whoosh:///FOLDER").

    `expansions` maps folded phrases to other ways to say them. Raises ValueError for an unknown address.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "memory":
        from search_index.memory import MemoryBackend

        return MemoryBackend(expansions)
    folder = rest.removeprefix("//")
    if scheme == "whoosh" and folder:
        from search_index.whoosh_backend import WhooshBackend

        return WhooshBackend(folder, expansions)
    raise ValueError(f"Địa chỉ tìm kiếm không hợp lệ: “{url}”. Hãy dùng “whoosh:thư-mục” hoặc “memory:”.")
