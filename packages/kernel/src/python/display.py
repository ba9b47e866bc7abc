"""Values as display objects: one value in several MIME types."""
import base64

REPRESENTATIONS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/latex": "_repr_latex_",
    "application/json": "_repr_json_",
    "application/javascript": "_repr_javascript_",
    "application/pdf": "_repr_pdf_",
}
MAX_DISPLAY_CHARACTERS = 24 * 1024 * 1024


class Displays:
    def __init__(self, channel):
        self._channel = channel
        self.shell = None

    def show(self, value, is_main=False):
        data, metadata = self._format(value)
        if data:
            self.publish(data, metadata, is_main=is_main)

    def publish(self, data, metadata=None, *, is_main=False, display_id=None, update=False):
        kept = {str(mime): plain(value) for mime, value in data.items()}
        size = sum(len(value) if isinstance(value, str) else len(json.dumps(value)) for value in kept.values())
        if size > MAX_DISPLAY_CHARACTERS:
            kept = {"text/plain": f"[left out: a display object of {size} characters]"}
        frame = {"data": kept, "metadata": plain(metadata or {}), "isMain": is_main, "update": update}
        self._channel.send_json("d", frame if display_id is None else {**frame, "displayId": str(display_id)})

    def clear(self, wait=False):
        self._channel.send_json("c", {"wait": bool(wait)})

    def _format(self, value):
        figure = figure_bundle(value)
        if figure is not None:
            return figure, {}
        if self.shell is not None:
            return self.shell.display_formatter.format(value)
        data, metadata = {}, {}
        merge(data, metadata, call(value, "_repr_mimebundle_", include=None, exclude=None))
        for mime, name in REPRESENTATIONS.items():
            given = call(value, name) if mime not in data else None
            if given is not None:
                content, details = given if isinstance(given, tuple) and len(given) == 2 else (given, None)
                data[mime] = content
                if details:
                    metadata[mime] = details
        if "text/plain" not in data:
            data["text/plain"] = text_of(value)
        return data, metadata


class DisplayHandle:
    """Changes a display that was shown earlier."""

    def __init__(self, display_id):
        self.display_id = display_id

    def display(self, value, **options):
        display(value, display_id=self.display_id, **options)

    def update(self, value, **options):
        display(value, display_id=self.display_id, update=True, **options)


def merge(data, metadata, given):
    if isinstance(given, tuple) and len(given) == 2:
        given, details = given
        metadata.update(details or {})
    if isinstance(given, dict):
        data.update(given)


def call(value, name, **options):
    """Calls a method that libraries define for displays. A failure means that the value has no such representation."""
    if isinstance(value, type):
        return None
    try:
        method = getattr(value, name, None)
        return method(**options) if callable(method) else None
    except Exception:
        return None


def text_of(value):
    try:
        return repr(value)
    except Exception as error:
        return f"<{type(value).__name__} whose repr() fails with {type(error).__name__}>"


def plain(value):
    """Returns the value as something that JSON has. Bytes become base64."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return text_of(value)
