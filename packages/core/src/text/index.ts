export { hasHidden, replaceHidden, revealFormat, revealHidden, revealLine } from './hidden-characters.ts';
export { type ShowCodeOptions, type ShownCode, showCode, showCodeInSteps } from './show-code.ts';
export { quoteVisibly, visibleJson } from './visible-json.ts';
