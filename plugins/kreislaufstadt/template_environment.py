"""The templates: where they lie, how they are read, and their compilation beside other work."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kreislaufstadt.cache import Cache
from kreislaufstadt.compiled_templates import CompiledTemplates
from kreislaufstadt.jinja_code import TemplateCode, markup, shown
from kreislaufstadt.messages import Messages
from kreislaufstadt.parallel import SMALLEST, start_aside
from kreislaufstadt.template_filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Template



class TemplateEnvironment(Environment):
    """Templates in one language; what was found once is found at once: pages include the same parts thousands of times."""

    code_generator_class = TemplateCode
    shown = staticmethod(shown)
    markup = staticmethod(markup)

    def __init__(self, folders: Sequence[Path], cache: Cache, messages: Messages) -> None:
        """Read from the folders in order; compiled templates are kept in the cache."""
        super().__init__(
            loader=FileSystemLoader([str(path) for path in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # our templates compute nothing with constants, and to look for it takes a twelfth of the compilation
            auto_reload=False,
            bytecode_cache=CompiledTemplates(cache),
        )
        self._found: dict[str, Template] = {}
        self.filters.update(FILTERS)
        self.globals.update(_=_translator(messages), ngettext=partial(_translate_number, messages))

    def make_globals(self, d: Any) -> Any:
        """The names that all templates know, as they are: Jinja's chain of two mappings is read name by name for every page."""
        return super().make_globals(d) if d else self.globals

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002 - Jinja's name
        """Find a template by name."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]


def _translator(messages: Messages) -> Callable[..., Markup]:
    """In templates ``_``: a text in the page's language, with values in places such as ``%(title)s``."""

    def put(text: str, **values: object) -> Markup:
        return Markup(messages.gettext(text)) % values  # noqa: S704 - our own texts; values are escaped

    plain = cache(put)

    def translate(text: str, **values: object) -> Markup:
        return put(text, **values) if values else plain(text)

    return translate


def _translate_number(messages: Messages, one: str, many: str, num: int) -> Markup:
    """In templates: a text about one or about several, with the number in place of ``%(num)s``."""
    return Markup(messages.ngettext(one, many, num)) % {"num": num}  # noqa: S704 - our own texts


def start_compiling(folders: Sequence[Path], cache: Cache, *, allowed: bool = True) -> Callable[[], None]:
    """Begin to compile all templates of the first folder on another core, if the cache is new; return how to wait for that.

    Elsewhere each is compiled when it is first used.
    """
    if not allowed or not cache.is_empty():
        return lambda: None

    def compile_all() -> Mapping[bytes, bytes]:
        rows = Cache(None)
        environment = TemplateEnvironment(folders, rows, Messages())
        for path in sorted(folders[0].glob("*.html")) + sorted(folders[0].glob("partials/*.html")):
            environment.get_template(path.relative_to(folders[0]).as_posix())
        return rows.unsaved

    wait = start_aside(compile_all, range(SMALLEST))

    def take() -> None:
        for key, row in wait().items():
            cache.put(key, row)

    return take
