import { formatFunctionsForPrompt, type PythonFunction, withRequirements } from '@sandpod/core';
import { createExecutor } from '@sandpod/sandpod';

const functions: PythonFunction[] = [
  withRequirements(`
    def add_two_numbers(a: int, b: int) -> int:
        """Add two numbers together."""
        return a + b
  `),
  withRequirements(
    `
    def median(numbers: list[float]) -> float:
        """The middle one of the numbers."""
        return stats.median(numbers)
    `,
    { globalImports: [{ module: 'statistics', alias: 'stats' }] },
  ),
];

console.log(formatFunctionsForPrompt(functions));

await using executor = await createExecutor('embedded', { functions });
const result = await executor.runCode('from functions import add_two_numbers, median\nprint(add_two_numbers(1, 2), median([3, 1, 2]))');
console.log('---');
console.log(result.outcome, result.stdout.trim());
