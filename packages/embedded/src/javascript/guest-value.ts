import type { JSValueHandle, QuickJS } from 'quickjs-wasi';

/** The values that the guest can pass to the host. Any other value arrives as undefined. */
export type GuestValue = string | number | boolean | Uint8Array | undefined;

/** The values that the host can pass to the guest. `json` arrives as JSON text, which the guest parses. */
export type HostResult = string | number | Uint8Array | { readonly json: unknown } | { readonly handle: JSValueHandle } | undefined;

/** Reads a value without running guest code, such as getters, proxy traps and conversions. */
export function readGuestValue(handle: JSValueHandle): GuestValue {
  if (handle.isString) return handle.toString();
  if (handle.isNumber) return handle.toNumber();
  if (handle.isBool) return handle.toBoolean();
  if (!handle.isObject || handle.isProxy) return undefined;
  try {
    return handle.toUint8Array();
  } catch {
    return undefined;
  }
}

export function writeHostResult(vm: QuickJS, result: HostResult): JSValueHandle {
  if (result === undefined) return vm.undefined;
  if (typeof result === 'string') return vm.newString(result);
  if (typeof result === 'number') return vm.newNumber(result);
  if (result instanceof Uint8Array) return vm.newUint8Array(result);
  return 'handle' in result ? result.handle : vm.newString(JSON.stringify(result.json));
}
