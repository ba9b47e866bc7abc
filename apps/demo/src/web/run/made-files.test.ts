import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MadeFiles } from './made-files.tsx';

const pictures = Array.from({ length: 8 }, (_, index) => ({ path: `${index}.png`, size: 9, mediaType: 'image/png', data: 'AAAA' }));
const draw = (omitted: number): string =>
  renderToStaticMarkup(createElement(MadeFiles, { files: pictures, omitted, session: 's', isDone: true }));

it('reports how many images it does not show', () => {
  expect(draw(800)).toContain('2 more pictures are not shown');
  expect(draw(800)).toContain('and 800 more');
  expect(draw(0)).not.toContain('and ');
});

it('shows hidden characters of names, and saves files without them', () => {
  const files = [{ path: 'a/report\u202egnp\n.svg', size: 9, mediaType: 'image/svg+xml', data: 'AAAA' }];
  const html = renderToStaticMarkup(createElement(MadeFiles, { files, omitted: 0, session: 's', isDone: true }));
  expect(html).toContain('alt="Created by the run: a/report\\u{202e}gnp\\u{a}.svg"');
  expect(html).toContain('download="report_gnp_.svg"');
  expect(html).not.toContain('\u202e');
});
