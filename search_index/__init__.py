"""Full-text search over dated Vietnamese documents.

Here live the port (`ports`), Vietnamese text analysis (`vietnamese`), ranking (`relevance`, `engine`), the back ends
(`memory`, `whoosh_backend`) and the measures of quality (`measures`). Nothing here knows procedures, decisions, the
database or the web: the application hands in documents and questions.
"""
