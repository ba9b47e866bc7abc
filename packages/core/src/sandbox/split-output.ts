import type { OutputChunk } from '../contract/process.ts';
import { feedLanes, OutputLane } from './output-lane.ts';

type StreamName = OutputChunk['stream'];

/** The two streams of a process. */
export interface SplitOutput extends Record<StreamName, ReadableStream<Uint8Array>> {
  /** Stops unread output from blocking the process. See {@link OutputLane.letGo}. */
  letGo(): void;
}

/** Splits an ordered stream of chunks into two byte streams. If one stream is full, the other stalls too, as with pipes. */
export function splitOutput(output: ReadableStream<OutputChunk>): SplitOutput {
  const lanes = { stdout: byteLane(), stderr: byteLane() };
  const all = Object.values(lanes);
  void feedLanes(output, { push: ({ stream, bytes }) => lanes[stream].push(bytes), lanes: all });
  return {
    stdout: lanes.stdout.stream,
    stderr: lanes.stderr.stream,
    letGo: () => {
      for (const lane of all) lane.letGo();
    },
  };
}

function byteLane(): OutputLane<Uint8Array> {
  return new OutputLane((bytes) => bytes.byteLength);
}
