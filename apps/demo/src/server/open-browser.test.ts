import { expect, it } from 'vitest';
import { browserCommand } from './open-browser.ts';

const url = 'http://127.0.0.1:3210/';

it.each<[string, NodeJS.Platform, Record<string, string>, readonly string[] | undefined]>([
  ['on a Mac', 'darwin', {}, ['open', url]],
  ['on Windows', 'win32', {}, ['cmd', '/c', 'start', '', url]],
  ['on Linux with a desktop', 'linux', { DISPLAY: ':0' }, ['xdg-open', url]],
  ['on Linux with Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', url]],
  ['on Linux without a desktop', 'linux', {}, undefined],
  ['over SSH', 'darwin', { SSH_CONNECTION: '1 2 3 4' }, undefined],
  ['in CI', 'linux', { DISPLAY: ':0', CI: 'true' }, undefined],
])('finds the command that opens a browser %s', (...[, platform, env, expected]) => {
  expect(browserCommand(url, { platform, env })).toEqual(expected);
});
