"""Figures of matplotlib, which are shown without `savefig`."""
import importlib.abc
import importlib.util
import types

BACKEND = "sandpod_figures"


def figure_bundle(value):
    """Returns the display object of a figure, or None for other values. The figure is not shown again at the end of the cell."""
    figures = sys.modules.get("matplotlib.figure")
    if figures is None or not isinstance(value, figures.Figure):
        return None
    bundle = picture_of(value)
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and getattr(value, "number", None) is not None:
        pyplot.close(value)
    return bundle


def picture_of(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight")
    return {"image/png": buffer.getvalue(), "text/plain": text_of(figure)}


def show_figures(displays):
    """Shows all open figures, and closes them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    try:
        for number in pyplot.get_fignums():
            displays.publish(picture_of(pyplot.figure(number)))
    finally:
        pyplot.close("all")


class FigureBackend(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes the module that matplotlib loads as its backend."""

    def __init__(self, displays):
        self._displays = displays

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == BACKEND else None

    def exec_module(self, module):
        from matplotlib.backend_bases import FigureManagerBase
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        show = self._show

        class FigureManager(FigureManagerBase):
            @classmethod
            def pyplot_show(cls, *, block=None):
                show()

        class FigureCanvas(FigureCanvasAgg):
            manager_class = FigureManager

        module.FigureManager = FigureManager
        module.FigureCanvas = FigureCanvas
        module.show = show

    def _show(self, *_, **__):
        show_figures(self._displays)
