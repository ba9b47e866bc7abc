import type { ChildCall, ChildReply } from './child-call.ts';
import type { HostUpload } from './host-upload.ts';

/** Receives a file's bytes and puts the file in place once it is complete. */
export class UploadCall implements ChildCall {
  readonly #upload: HostUpload;
  readonly #reply: ChildReply;
  #isOver = false;

  constructor(upload: HostUpload, reply: ChildReply) {
    this.#upload = upload;
    this.#reply = reply;
    reply.started();
  }

  data(payload: Uint8Array): void {
    this.#try(() => {
      this.#upload.write(payload);
      this.#reply.credit(payload.length);
    });
  }

  end(): void {
    this.#try(() => {
      this.#upload.commit();
      this.#isOver = true;
      this.#reply.result({});
    });
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#upload.abort();
    this.#reply.result({});
  }

  #try(action: () => void): void {
    if (this.#isOver) return;
    try {
      action();
    } catch (error) {
      this.#isOver = true;
      this.#upload.abort();
      this.#reply.failure(error);
    }
  }
}
