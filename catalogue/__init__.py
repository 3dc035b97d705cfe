"""THE APPLICATION: everything with side effects. The factory is ``catalogue.app``, so importing a model loads no Flask."""
