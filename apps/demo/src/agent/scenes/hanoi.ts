import { type Scene, unexpected } from './scene.ts';

const CODE = `# filename: hanoi.py
DISCS = 4

pegs = {"A": list(range(DISCS, 0, -1)), "B": [], "C": []}
moves = []


def move_tower(discs, source, target, spare):
    if discs == 0:
        return
    move_tower(discs - 1, source, spare, target)
    disc = pegs[source].pop()
    assert not pegs[target] or pegs[target][-1] > disc, "a larger disc on a smaller one"
    pegs[target].append(disc)
    moves.append((disc, source, target))
    towers = "   ".join(f"{name}: {' '.join(map(str, peg)):<{2 * DISCS}}" for name, peg in pegs.items())
    print(f"{len(moves):3}. disc {disc}: {source} -> {target}    {towers}", flush=True)
    move_tower(discs - 1, spare, target, source)


move_tower(DISCS, "A", "C", "B")
assert pegs["C"] == list(range(DISCS, 0, -1)), "not all discs arrived"
print(f"\\nSolved in {len(moves)} moves; the minimum is {2 ** DISCS - 1}.")
`;

/** A scene with code that works on the first attempt. */
export const hanoiScene: Scene = {
  id: 'hanoi',
  title: 'Tower of Hanoi',
  prompt: 'Solve the Tower of Hanoi with four discs, and prove that your solution is correct.',
  script: ({ reports: [report] }) => {
    if (!report) {
      const text = 'I write a program that moves the discs and checks every move, so that you can verify the answer.';
      return { text, code: { language: 'python', code: CODE } };
    }
    const [, moves, fewest] = /Solved in (\d+) moves; the minimum is (\d+)\./.exec(report.output) ?? [];
    if (!report.isOk || moves === undefined) return unexpected(report);
    const judgement = moves === fewest ? 'No shorter solution exists.' : `The minimum is ${fewest}, so this is not the shortest solution.`;
    return {
      text: `Solved in **${moves} moves**. ${judgement} No disc was ever on a smaller disc; otherwise, the program would have failed.`,
    };
  },
};
