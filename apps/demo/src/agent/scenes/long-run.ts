import { type Scene, unexpected } from './scene.ts';

const CODE = `# filename: primes.py
import time

found, candidate = [], 2
next_report = time.monotonic()
while True:
    if all(candidate % prime for prime in found if prime * prime <= candidate):
        found.append(candidate)
    candidate += 1
    if time.monotonic() >= next_report:
        print(f"{len(found)} primes below {candidate}", flush=True)
        next_report += 0.5
`;

/** A scene with code that runs until it is stopped. */
export const longRunScene: Scene = {
  id: 'long-run',
  title: 'Stop a long run',
  prompt: 'Count prime numbers until I stop you.',
  script: ({ reports: [report] }) => {
    if (!report) return { text: 'This runs until you press Stop, or until the time limit.', code: { language: 'python', code: CODE } };
    const last = report.output.match(/\d+ primes below \d+/g)?.at(-1);
    if (!/: timeout\b/.test(report.text) || last === undefined) return unexpected(report);
    return { text: `The time limit ended the run before you did. It found ${last}.` };
  },
};
