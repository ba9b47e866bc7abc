import { codedError } from '../host.js';
import { reportUncaught } from '../program/uncaught.js';

const resolved = Promise.resolve();
const { then } = Promise.prototype;

export function queueMicrotask(callback) {
  if (typeof callback !== 'function')
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "callback" argument must be of type function');
  Reflect.apply(then, resolved, [
    () => {
      try {
        callback();
      } catch (error) {
        reportUncaught(error);
      }
    },
  ]);
}
