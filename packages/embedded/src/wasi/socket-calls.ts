import { WasiError } from './errno.ts';
import type { WasiCalls } from './wasi-call.ts';

/** There is no network: every socket call is refused. */
export function socketCalls(): WasiCalls {
  const refuse = (): void => {
    throw new WasiError('ENOTSUP');
  };
  return { sock_accept: refuse, sock_recv: refuse, sock_send: refuse, sock_shutdown: refuse };
}
