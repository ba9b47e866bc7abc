import type { RichResult } from '@sandpod/core';
import type { ReactElement, ReactNode } from 'react';
import { CodeView } from '../ui/code-view.tsx';
import { dataUrl, svgUrl } from './picture.ts';

/** Maximum number of characters of a result's text that are shown. */
const MAX_CHARACTERS = 50_000;
const MAX_SHOWN = 20;

/** Shows the rich results of a run, each in its safest form: as an image if possible, else as text. HTML appears as source text. */
export function RichResults({ results }: { readonly results: readonly RichResult[] }): ReactNode {
  if (results.length === 0) return null;
  return (
    <div className="results">
      {results.slice(0, MAX_SHOWN).map((result, index) => (
        <Result key={index} data={result.data} />
      ))}
      {results.length > MAX_SHOWN && <p className="run-cut">{results.length - MAX_SHOWN} more results are not shown.</p>}
    </div>
  );
}

function Result({ data }: { readonly data: RichResult['data'] }): ReactElement {
  const picture = pictureOf(data);
  if (picture !== undefined) {
    return (
      <figure className="picture">
        <img src={picture} alt={textOf(data['text/plain']) || 'Image from the run'} />
      </figure>
    );
  }
  const [mediaType, value] = bestText(data);
  const isJson = mediaType.endsWith('json');
  const text = isJson && typeof value !== 'string' ? JSON.stringify(value, null, 2) : textOf(value);
  return <CodeView code={text.slice(0, MAX_CHARACTERS)} language={isJson ? 'json' : 'text'} label={`Result, ${mediaType}`} />;
}

function pictureOf(data: RichResult['data']): string | undefined {
  const svg = data['image/svg+xml'];
  if (svg !== undefined) return svgUrl(textOf(svg));
  for (const mediaType of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const value = data[mediaType];
    if (typeof value === 'string') return dataUrl(mediaType, value);
  }
  return undefined;
}

function bestText(data: RichResult['data']): readonly [string, unknown] {
  const order = ['application/json', 'text/markdown', 'text/plain', 'text/html'];
  const found = order.find((mediaType) => data[mediaType] !== undefined) ?? Object.keys(data)[0] ?? 'nothing';
  return [found, data[found]];
}

/** Converts a value to text. Jupyter represents text as a string or a list of lines. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join('');
  return value === undefined ? '' : (JSON.stringify(value, null, 2) ?? '');
}
