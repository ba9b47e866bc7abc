"""IPython, where it is installed: its shell is made when the program or a cell first needs it."""


class ShellMaker(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes IPython's shell as soon as IPython has been imported, so that its functions for displays work."""

    def __init__(self, displays, main):
        self._displays = displays
        self._main = main
        self._is_looking = False
        self._loader = None

    def find_spec(self, name, path=None, target=None):
        if name != "IPython" or self._is_looking:
            return None
        self._is_looking = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._is_looking = False
        if spec is None or spec.loader is None:
            return None
        self._loader, spec.loader = spec.loader, self
        return spec

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._displays.shell = self._make()

    def _make(self):
        from IPython.core.displaypub import DisplayPublisher
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        displays = self._displays

        class Publisher(DisplayPublisher):
            def publish(self, data, metadata=None, *_, transient=None, update=False, **__):
                displays.publish(data, metadata, display_id=(transient or {}).get("display_id"), update=update)

            def clear_output(self, wait=False):
                displays.clear(wait)

        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.display_pub_class = Publisher
        shell = InteractiveShell.instance(config=config, user_module=self._main, user_ns=self._main.__dict__, display_pub_class=Publisher)
        # `!command` without a terminal of its own: the output is caught at the descriptors.
        shell.system = shell.system_raw
        return shell


def with_magics(displays, code):
    """Returns the code with IPython's own syntax replaced by calls. Returns None without IPython."""
    if displays.shell is None:
        try:
            import IPython  # noqa: F401
        except ImportError:
            return None
    return displays.shell and displays.shell.transform_cell(code)
