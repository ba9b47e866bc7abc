import { describe, expect, it } from 'vitest';
import { parsePythonFunction } from './parse-python-function.ts';

function problemOf(source: string): string {
  try {
    parsePythonFunction(source);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error');
}

describe('parsePythonFunction', () => {
  it('finds name, signature and docstring', () => {
    expect(parsePythonFunction('def add(a: int, b: "x: y" = {1: 2}) -> int:\n  r"""Adds."""\n  return a + b\n')).toEqual({
      name: 'add',
      signature: '(a: int, b: "x: y" = {1: 2}) -> int',
      isAsync: false,
      docstring: 'r"""Adds."""',
      source: 'def add(a: int, b: "x: y" = {1: 2}) -> int:\n  r"""Adds."""\n  return a + b',
    });
  });

  it.each([
    ['async def f():\n  pass', { name: 'f', isAsync: true }],
    ['async  def\tf ( a ) :\n  pass', { name: 'f', signature: '( a )', isAsync: true }],
    ['def f(): return 1', { name: 'f', signature: '()' }],
    ['def f(\n  a,  # ):\n  b=")",\n):\n  pass', { signature: '(\n  a,  # ):\n  b=")",\n)' }],
    ['def f[T: (int, str)](x: T) -> T:\n  pass', { name: 'f', signature: '[T: (int, str)](x: T) -> T' }],
    ['@one\n@two(\n  "def g():"\n)\ndef f():\n  pass', { name: 'f' }],
    ['# first\n\n@one\n# second\ndef f():\n  pass\n# last', { name: 'f' }],
    ['def größe(ключ):\n  pass', { name: 'größe', signature: '(ключ)' }],
    ['def f():\n\n  # note\n  """Doc."""', { docstring: '"""Doc."""' }],
    ['def f():\r\n  "Doc."\r\n  return 1\r\n', { docstring: '"Doc."', source: 'def f():\n  "Doc."\n  return 1' }],
    ['\uFEFFdef f(): pass', { name: 'f' }],
    ['def f():\n\tif 1:\n\t\tpass\n\treturn 1', { name: 'f' }],
    ['def f():\n  def g():\n    """no"""\n  class A: pass\n  return g', { name: 'f' }],
    ['def f(x):\n  return x \\\n    + 1', { name: 'f' }],
  ])('reads %j', (source, expected) => {
    expect(parsePythonFunction(source)).toMatchObject(expected);
  });

  it.each(['b"""no"""', 'f"""no"""', '"""no""".strip()', 'x = "no"', '("no")'])('%s is no docstring', (line) => {
    expect(parsePythonFunction(`def f():\n  ${line}`)).not.toHaveProperty('docstring');
  });

  it.each([
    String.raw`'it\'s'`,
    String.raw`"\\"`,
    String.raw`r"\"" "'"`,
    String.raw`R'\\'`,
    `'''it's "''' ""`,
    `"""a\n"b" ""c"\n"""`,
    `"a\\\nb"`,
    `f"{x["a"]}"`,
    `f"{f'{f"{1}"}'}"`,
    `f'{x!r:>{w}.{p}}'`,
    `f"{{}} }} {x:{{}}}"`,
    `f"{d['}']}{{'"`,
    String.raw`f"\N{EM DASH}{x}\""`,
    String.raw`rf"\{x}\N{1}"`,
    `f"""{\n  x\n}"""`,
    `f"{x:%H:%M}{lambda_}"`,
    `f"{(lambda: 1)()}"`,
    String.raw`rb'\\' b"" u'' Rb""`,
    `t"{x}"`,
    `1if""else"x"`,
    `[")", '(']`,
    `not_a_prefix["]"]`,
  ])('passes the strings of %s', (expression) => {
    expect(parsePythonFunction(`def f():\n  x = ${expression}\n  return (1)`).source).toContain(expression);
    expect(problemOf(`def f():\n  x = ${expression}\n  return (1`)).toContain('a closing bracket (line');
  });

  it.each([
    ['', 'exactly one function (line 1)'],
    ['# only a comment', 'exactly one function (line 1)'],
    ['@decorator', 'exactly one function (line 1)'],
    ['def f(): pass\n@decorator', 'exactly one function (line 2)'],
    ['x = 1', 'nothing but a function (line 1)'],
    ['"""doc"""\ndef f(): pass', 'nothing but a function (line 1)'],
    ['\n\nimport os\ndef f(): pass', 'nothing but a function; imports belong in globalImports (line 1)'],
    ['def f(): pass\nf()', 'nothing but a function (line 2)'],
    ['def f(): pass\ndef g(): pass', 'exactly one function; pass this function separately (line 2)'],
    ['def f(a:\n  pass', 'a closing bracket (line 1)'],
    ['def f(a]:\n  pass', 'an opening bracket for "]" (line 1)'],
    ['def f:\n  pass', '"def name(…):" to begin the function (line 1)'],
    ['def f()', '"def name(…):" to begin the function (line 1)'],
    ['def f() = 1', '"def name(…):" to begin the function (line 1)'],
    ['def 1f(): pass', '"def name(…):" to begin the function (line 1)'],
    ['lambda: 1', 'nothing but a function (line 1)'],
    ['def f():\n  x = "a\n"', 'the end of the string (line 2)'],
    ["def f():\n  x = '''a\n''", 'the end of the string (line 2)'],
    ['def f():\n  x = f"{a', 'the end of the string (line 2)'],
    ['def f():\n  x = f"{a:"', 'the end of the string (line 2)'],
    ['def f():\n  x = 1 \\ 2', 'a line break after "\\" (line 2)'],
    ['def f():', 'an indented block after this line (line 1)'],
    ['def f():\npass', 'an indented block after this line (line 1)'],
    ['def f():\n  if 1:\n  pass', 'an indented block after this line (line 2)'],
    ['def f():\n    a\n  b', 'the same indentation as the lines around it (line 3)'],
    ['def f():\n  a\n    b', 'the same indentation as the lines around it (line 3)'],
    ['def f():\n\tif 1:\n        pass', 'an indented block after this line (line 2)'],
  ])('refuses %j', (source, expected) => {
    expect(problemOf(source)).toBe(`Expected ${expected}.`);
  });

  it('takes the margin from code, and from strings never', () => {
    const { source } = parsePythonFunction(`
        def f():
            text = """first
        second"""
      # a comment further out

            return [
      text]
    `);
    expect(source).toBe('def f():\n    text = """first\n        second"""\n# a comment further out\n\n    return [\ntext]');
  });

  it('refuses strings in strings without end, rather than running out of stack', () => {
    expect(problemOf(`def f():\n  return ${'f"{'.repeat(50_000)}`)).toContain('fewer nested strings');
    expect(problemOf(`def f():\n  return f"${'{x:'.repeat(50_000)}`)).toContain('fewer nested fields');
  });

  it('takes time in proportion to the length', { timeout: 120_000 }, () => {
    for (const piece of ['(', 'a', '"', '\\', '#', '@', '\n', ' ', '{', "''", 'f"{a}"', ' \\\n', '\n  x:', 'é']) {
      const started = performance.now();
      try {
        parsePythonFunction(`def f():\n  ${piece.repeat(100_000)}`);
      } catch {}
      expect([piece, performance.now() - started < 10_000]).toEqual([piece, true]);
    }
  });
});
