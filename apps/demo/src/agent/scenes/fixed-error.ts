import type { CallReport } from '../turn.ts';
import { type Scene, unexpected } from './scene.ts';

const READINGS = `readings = """\\
Mon 18.5
Tue 19.1
Wed n/a
Thu 21.4
Fri 20.8
Sat n/a
Sun 22.3
"""
`;

const FIRST = `# filename: average.py
${READINGS}
temperatures = [float(line.split()[1]) for line in readings.splitlines()]
print(f"average: {sum(temperatures) / len(temperatures):.2f}")
`;

const SECOND = `# filename: average.py
${READINGS}
temperatures, skipped = [], []
for line in readings.splitlines():
    day, text = line.split()
    try:
        temperatures.append(float(text))
    except ValueError:
        skipped.append(day)
print(f"average: {sum(temperatures) / len(temperatures):.2f} of {len(temperatures)} readings")
print(f"skipped: {', '.join(skipped)}")
`;

/** Returns the last line of a Python traceback, which is the error itself. */
function errorOf({ output }: CallReport): string | undefined {
  return output.includes('Traceback') ? /^(\w*Error: .+)$/m.exec(output)?.[1] : undefined;
}

/** A scene with code that fails. The agent reads the traceback and fixes the code. */
export const fixedErrorScene: Scene = {
  id: 'fixed-error',
  title: 'Fix an error',
  prompt: 'What was the average temperature in this week of readings?',
  script: ({ reports: [first, second] }) => {
    if (!first) return { text: 'I read the numbers and calculate their mean.', code: { language: 'python', code: FIRST } };
    const error = errorOf(first);
    if (error === undefined) return unexpected(first);
    if (!second) {
      const text = `That failed with \`${error}\`. Not every reading is a number, so I skip those and list them.`;
      return { text, code: { language: 'python', code: SECOND } };
    }
    const [, average, count] = /average: ([\d.]+) of (\d+) readings/.exec(second.output) ?? [];
    const [, skipped] = /skipped: (.+)/.exec(second.output) ?? [];
    if (!second.isOk || average === undefined) return unexpected(second);
    return { text: `The average of the ${count} numeric readings is **${average} degrees**. Skipped: ${skipped}.` };
  },
};
