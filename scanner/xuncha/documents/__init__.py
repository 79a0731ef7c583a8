"""The text of documents, read in a process of its own: what is hostile in one costs only its own reading.

``xuncha.documents.reader`` is the side of the worker; everything else runs in ``python -m xuncha.documents``.
"""
