"""The only code that knows MkDocs: one thin plugin per concern."""

from kreislaufstadt.one_shot import look_for_garbage_seldom

look_for_garbage_seldom()  # from here on: loading all modules takes a tenth of the time less
