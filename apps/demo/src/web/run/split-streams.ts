/** A piece of output from one stream. */
export interface StreamPiece {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

interface Streams {
  /** The text of both streams, in order of arrival. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Separates the combined output into pieces of stdout and stderr, line by line.
 *
 * If this is impossible because output was omitted, returns first stdout and then stderr.
 */
export function splitStreams({ output, stdout, stderr }: Streams): readonly StreamPiece[] {
  if (stderr === '') return piecesOf([{ stream: 'stdout', text: output === '' ? stdout : output }]);
  if (stdout === '') return piecesOf([{ stream: 'stderr', text: output === '' ? stderr : output }]);
  return (
    merge(output.match(/[^\n]*\n|[^\n]+$/g) ?? [], { stdout, stderr }) ??
    piecesOf([
      { stream: 'stdout', text: stdout },
      { stream: 'stderr', text: stderr },
    ])
  );
}

function merge(lines: readonly string[], rest: { stdout: string; stderr: string }): readonly StreamPiece[] | undefined {
  const at = { stdout: 0, stderr: 0 };
  const pieces: { stream: 'stdout' | 'stderr'; text: string }[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    const order = last?.stream === 'stderr' ? (['stderr', 'stdout'] as const) : (['stdout', 'stderr'] as const);
    const stream = order.find((name) => rest[name].startsWith(line, at[name]));
    if (stream === undefined) return undefined;
    at[stream] += line.length;
    if (last?.stream === stream) last.text += line;
    else pieces.push({ stream, text: line });
  }
  return at.stdout === rest.stdout.length && at.stderr === rest.stderr.length ? pieces : undefined;
}

function piecesOf(pieces: readonly StreamPiece[]): readonly StreamPiece[] {
  return pieces.filter(({ text }) => text !== '');
}
