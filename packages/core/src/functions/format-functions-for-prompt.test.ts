import { expect, test } from 'vitest';
import { formatFunctionsForPrompt } from './format-functions-for-prompt.ts';
import { withRequirements } from './with-requirements.ts';

const ADD = 'def add(a: int, b: int) -> int:\n  """Add two numbers."""\n  return a + b';

test('a model is told signature and docstring of each function, and the module', () => {
  const load = withRequirements('@cached\nasync def load(path):\n    return 1', { pythonPackages: ['pandas'] });
  expect(
    formatFunctionsForPrompt([ADD, load], { moduleName: 'tools' }),
  ).toBe(`Your code can use these Python functions. Import them from the module \`tools\`, for example:
\`from tools import add\`.

def add(a: int, b: int) -> int:
    """Add two numbers."""
    ...

async def load(path):
    ...`);
});

test('a docstring of many lines begins where its function does', () => {
  const source = '\n      def f():\n          """One.\n\n          Two:\n            three\n          """\n          return 1';
  expect(formatFunctionsForPrompt([source])).toContain('def f():\n    """One.\n\n    Two:\n      three\n    """\n    ...');
});

test('a template of the caller is filled in, and what is put in is not', () => {
  const source = 'def cost(a="$module_name $&"):\n  pass';
  expect(formatFunctionsForPrompt([source], { template: '<$functions> in $module_name, $other' })).toBe(
    '<def cost(a="$module_name $&"):\n    ...> in functions, $other',
  );
});

test('no functions are no text; wrong ones are refused', () => {
  expect(formatFunctionsForPrompt([])).toBe('');
  expect(() => formatFunctionsForPrompt(['x = 1'])).toThrow('functions[0]: expected nothing but a function (line 1), given "x = 1".');
});
