import type { OutputChunk } from '../contract/process.ts';

type StreamName = OutputChunk['stream'];

/** Maximum number of unread bytes in one stream. If a stream reaches it, the other stream stalls too, as with pipes. */
const WAITING_BYTES = 1024 * 1024;

interface Lane {
  readonly stream: ReadableStream<Uint8Array>;
  controller: ReadableStreamDefaultController<Uint8Array>;
  hasRoom: PromiseWithResolvers<void>;
  isCancelled: boolean;
}

/** Splits an ordered stream of chunks into two byte streams. */
export function splitOutput(output: ReadableStream<OutputChunk>): Record<StreamName, ReadableStream<Uint8Array>> {
  const lanes = { stdout: createLane(), stderr: createLane() };
  void distribute(output, lanes);
  return { stdout: lanes.stdout.stream, stderr: lanes.stderr.stream };
}

function createLane(): Lane {
  const lane: Partial<Lane> & Pick<Lane, 'hasRoom' | 'isCancelled'> = { hasRoom: Promise.withResolvers<void>(), isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        lane.controller = controller;
      },
      pull: () => lane.hasRoom.resolve(),
      cancel: () => {
        lane.isCancelled = true;
        lane.hasRoom.resolve();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES }),
  );
  return Object.assign(lane, { stream }) as Lane;
}

async function distribute(output: ReadableStream<OutputChunk>, lanes: Record<StreamName, Lane>): Promise<void> {
  try {
    for await (const chunk of output) await enqueue(lanes[chunk.stream], chunk.bytes);
    for (const lane of Object.values(lanes)) if (!lane.isCancelled) lane.controller.close();
  } catch (error) {
    for (const lane of Object.values(lanes)) if (!lane.isCancelled) lane.controller.error(error);
  }
}

async function enqueue(lane: Lane, bytes: Uint8Array): Promise<void> {
  while (!lane.isCancelled && (lane.controller.desiredSize ?? 0) <= 0) {
    lane.hasRoom = Promise.withResolvers<void>();
    await lane.hasRoom.promise;
  }
  if (!lane.isCancelled) lane.controller.enqueue(bytes);
}
