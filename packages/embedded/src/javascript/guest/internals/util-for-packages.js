export { inspect } from '../inspect/inspect.js';
export { types } from './types.js';
