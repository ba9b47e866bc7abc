// Packages use `process` as a global variable.
export { process } from '../modules/process.js';
