import { WasiError } from './errno.ts';
import type { WasiCalls } from './wasi-call.ts';

/** Refuses every socket call, because there is no network. */
export function socketCalls(): WasiCalls {
  const refuse = (): void => {
    throw new WasiError('ENOTSUP');
  };
  return { sock_accept: refuse, sock_recv: refuse, sock_send: refuse, sock_shutdown: refuse };
}
