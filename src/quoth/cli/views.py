"""Views in a terminal, or as plain text in a pipe or a file; cleaned at the edge, whatever a layout let through."""

import io
import shutil
from collections.abc import Callable

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook, RenderResult
from rich.segment import Segment

from quoth.cli.console import clean, flush, put

NO_TERMINAL_WIDTH = 100  # columns of output that goes into a pipe or a file
NARROWEST = 20  # columns; what says it has fewer is taken to have these


def show(render: Callable[[Console], None]) -> None:
    """Print a view: styled in a terminal, plain and of one width and without trailing blanks in a pipe or a file.

    Raises:
        OutputFailed: standard output cannot be written.
    """
    wide, high = shutil.get_terminal_size((NO_TERMINAL_WIDTH, 25))  # makes the best of COLUMNS=0 and the like
    terminal = Console(width=wide, height=high).is_terminal
    console = Console(
        file=None if terminal else io.StringIO(),
        width=max(wide, NARROWEST),
        height=high,
        highlight=False,
        emoji=False,
        markup=False,
    )
    console.push_render_hook(_Cleaner())
    with console.capture() as captured:
        render(console)
    text = captured.get()
    if not terminal:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    put(text.encode("utf-8", "backslashreplace"))
    flush()


class _Cleaner(RenderHook):
    """Cleans whatever rich is about to print; its own styling is added afterwards."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """See `rich.console.RenderHook`."""
        return [_Cleaned(renderable) for renderable in renderables]


class _Cleaned:
    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style, control in console.render(self._renderable, options):
            yield Segment(text if control else clean(text, view=True), style, control)
