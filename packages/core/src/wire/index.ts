export { errorFromWire, errorToWire, HTTP_STATUS, type WireError } from './wire-error.ts';
export { eventFromWire, eventToWire, type WireEvent } from './wire-event.ts';
export { fileFromWire, fileToWire, resultFromWire, resultToWire, toBase64, type WireFile, type WireResult } from './wire-result.ts';
