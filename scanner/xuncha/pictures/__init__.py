"""Pictures of pages (截图) as evidence: what is covered and outlined in them, and what the strip above them says.

``privacy`` says what is covered, ``harm`` what is made unreadable, ``sought`` what is outlined, ``caption`` what the
strip says, ``album`` which pages are worth a picture; ``pixels`` is the only module that
knows Pillow. ``xuncha.worker.camera`` takes them.
"""
