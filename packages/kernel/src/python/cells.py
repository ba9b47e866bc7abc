"""Runs cells in one namespace."""
import __future__
import ast
import inspect
import linecache
import tokenize

CELL_PREFIX = "<cell "
FUTURE_FLAGS = 0
for feature in __future__.all_feature_names:
    FUTURE_FLAGS |= getattr(__future__, feature).compiler_flag


class Cells:
    def __init__(self, displays, main):
        self._displays = displays
        self._main = main
        self._flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self._loop = None
        self.count = 0

    def run(self, code):
        """Runs a cell and shows the value of its last expression. @raises whatever the code raises."""
        self.count += 1
        filename = f"{CELL_PREFIX}{self.count}>"
        tree, code = self._parse(code, filename)
        # Tracebacks expect that every line has an end.
        linecache.cache[filename] = (len(code), None, (code + "\n").splitlines(True), filename)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) and not ends_quietly(code) else None
        if tree.body:
            self._evaluate(tree, filename, "exec")
        if last is not None:
            value = self._evaluate(ast.Expression(last.value), filename, "eval")
            if value is not None:
                self._main._ = value
                self._displays.show(value, is_main=True)

    def _parse(self, code, filename):
        flags = self._flags | ast.PyCF_ONLY_AST
        try:
            return compile(code, filename, "exec", flags, dont_inherit=True), code
        except SyntaxError:
            changed = with_magics(self._displays, code)
            if changed is None or changed == code:
                raise
            return compile(changed, filename, "exec", flags, dont_inherit=True), changed

    def _evaluate(self, tree, filename, mode):
        compiled = compile(tree, filename, mode, self._flags, dont_inherit=True)
        self._flags |= compiled.co_flags & FUTURE_FLAGS
        value = eval(compiled, self._main.__dict__)
        return self._finish(value) if compiled.co_flags & inspect.CO_COROUTINE else value

    def _finish(self, coroutine):
        import asyncio

        if self._loop is None or self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop.run_until_complete(coroutine)


def ends_quietly(code):
    """Returns true if the last statement ends with a semicolon."""
    ignored = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.DEDENT, tokenize.INDENT)
    last = ""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type not in ignored:
            last = token.string
    return last == ";"
