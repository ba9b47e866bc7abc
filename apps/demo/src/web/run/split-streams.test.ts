import { describe, expect, it } from 'vitest';
import { splitStreams } from './split-streams.ts';

describe('splitStreams', () => {
  it('separates the lines of both streams and keeps their order', () => {
    expect(splitStreams({ output: 'a\nx\nb\n', stdout: 'a\nb\n', stderr: 'x\n' })).toEqual([
      { stream: 'stdout', text: 'a\n' },
      { stream: 'stderr', text: 'x\n' },
      { stream: 'stdout', text: 'b\n' },
    ]);
  });

  it('joins lines of one stream', () => {
    expect(splitStreams({ output: 'a\nb\nx', stdout: 'a\nb\n', stderr: 'x' })).toEqual([
      { stream: 'stdout', text: 'a\nb\n' },
      { stream: 'stderr', text: 'x' },
    ]);
  });

  it('returns one stream after the other if their order is unknown', () => {
    expect(splitStreams({ output: 'a … b', stdout: 'a', stderr: 'b' })).toEqual([
      { stream: 'stdout', text: 'a' },
      { stream: 'stderr', text: 'b' },
    ]);
  });

  it('returns nothing if there is no output', () => {
    expect(splitStreams({ output: '', stdout: '', stderr: '' })).toEqual([]);
  });
});
