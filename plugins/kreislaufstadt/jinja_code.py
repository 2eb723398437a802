"""The Python code of templates, without what Jinja does at run time for cases that ours do not have.

In our templates everything is escaped, nothing is asynchronous, macros have named arguments, and nothing that they call asks
for Jinja's context. So a call is a call, a macro is a function, and a value that is shown becomes a text in one step.
"""

from __future__ import annotations

from functools import partial
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, MacroRef, find_undeclared
from jinja2.runtime import exported
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined] # escape() for texts, without wrapping them

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2.compiler import Frame

_RESERVED = frozenset([*exported, "resolve", "undefined", "concat", "cond_expr_undefined", "context", "environment", "caller", "shown", "markup"])
"""What the code of every template calls by these names."""

markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is HTML, marked as such."""


def shown(value: Any) -> str:
    """A value as HTML."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    return value if kind is Markup else escape(value)


class TemplateCode(CodeGenerator):
    """Writes the code of one template."""

    def write_commons(self) -> None:
        """Name the helpers at the begin of a function."""
        super().write_commons()
        self.writeline("shown = environment.shown")
        self.writeline("markup = environment.markup")

    def enter_frame(self, frame: Frame) -> None:
        """Let the function of a page or of a block collect its pieces: Jinja hands on each alone, through all functions that wait for it."""
        super().enter_frame(frame)
        if frame.parent is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002 - Jinja's signature
        """Hand on what was collected."""
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Take what a block says."""
        if self.extends_so_far or node.scoped or node.required:
            super().visit_Block(node, frame)
        else:
            self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({self.get_context_ref()}))", node)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's names
        """Call a function or a member of something."""
        if isinstance(node.node, nodes.Getattr):
            self.visit(node.node.node, frame)
            self.write(f".{node.node.attr}")
        else:
            self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Take the macros of a template that needs nothing of the page as they were made once."""
        if node.with_context:
            super()._import_common(node, frame)
        else:
            self.write("environment.get_template(")
            self.visit(node.template, frame)
            self.write(").module")

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """Write a macro as a function with the macro's arguments."""
        frame = frame.inner()
        frame.symbols.analyze_node(node)
        names = [argument.name for argument in node.args]
        wanted = find_undeclared(node.body, ("caller", "kwargs", "varargs"))
        if wanted - {"caller"} or any(name in _RESERVED or iskeyword(name) for name in names):
            self.fail("A macro's arguments have names, and not these.", node.lineno)
        caller = frame.symbols.declare_parameter("caller") if wanted else ""
        frame.require_output_check = False
        frame.symbols.analyze_node(node)
        arguments = ", ".join(f"{name}=missing" for name in (*names, *(["caller"] if caller else [])))
        self.writeline(f"def macro({arguments}):", node)
        self.indent()
        self.buffer(frame)
        self.enter_frame(frame)
        self._write_defaults(node, frame)
        if caller:
            self.writeline(f'{caller} = undefined("No caller defined", name="caller") if caller is missing else caller')
        self.blockvisit(node.body, frame)
        self.writeline(f"return markup(concat({frame.buffer}))")
        self.leave_frame(frame, with_python_scope=True)
        self.outdent()
        return frame, MacroRef(node)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - Jinja's signature
        """Write what a macro is: its function."""
        self.write("macro")

    def _write_defaults(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> None:
        """Let the arguments that are not given have their defaults."""
        defaults: Sequence[nodes.Expr | None] = [*(None for _ in node.args[len(node.defaults) :]), *node.defaults]
        self.push_parameter_definitions(frame)
        for argument, default in zip(node.args, defaults, strict=True):
            ref = frame.symbols.ref(argument.name)
            self.writeline(f"{ref} = {argument.name}")
            self.writeline(f"if {ref} is missing:")
            self.indent()
            self.writeline(f"{ref} = ")
            if default is None:
                self.write(f'undefined("parameter {argument.name!r} was not provided", name={argument.name!r})')
            else:
                self.visit(default, frame)
            self.mark_parameter_stored(ref)
            self.outdent()
        self.pop_parameter_definitions()

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002 - Jinja's signature
        self.write("shown(")
