"""THE APPLICATION: everything with side effects. The factory is ``catalogue.app``: importing a model loads no Flask."""
