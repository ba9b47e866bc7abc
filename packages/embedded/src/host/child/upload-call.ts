import type { ChildCall, ChildReply } from './child-call.ts';
import type { HostUpload } from './host-upload.ts';

/** Takes a file's bytes and puts it in its place when all of them are there. */
export class UploadCall implements ChildCall {
  private readonly _upload: HostUpload;
  private readonly _reply: ChildReply;
  private _isOver = false;

  constructor(upload: HostUpload, reply: ChildReply) {
    this._upload = upload;
    this._reply = reply;
    reply.started();
  }

  data(payload: Uint8Array): void {
    this._try(() => {
      this._upload.write(payload);
      this._reply.credit(payload.length);
    });
  }

  end(): void {
    this._try(() => {
      this._upload.commit();
      this._isOver = true;
      this._reply.result({});
    });
  }

  cancel(): void {
    if (this._isOver) return;
    this._isOver = true;
    this._upload.abort();
    this._reply.result({});
  }

  private _try(action: () => void): void {
    if (this._isOver) return;
    try {
      action();
    } catch (error) {
      this._isOver = true;
      this._upload.abort();
      this._reply.failure(error);
    }
  }
}
