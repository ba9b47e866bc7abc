import { type ReactNode, useEffect, useState } from 'react';
import { fileUrl } from '../api/demo-api.ts';
import { shownName } from '../ui/shown-name.ts';
import { parseCsv, type TablePreview } from './parse-csv.ts';

const LIMITS = { maxRows: 6, maxColumns: 8 };

/** Number of characters that the preview reads from a file. */
const MAX_CHARACTERS = 64_000;

/** Shows the first rows of a table that a run created. */
export function CsvPreview({ session, path }: { readonly session: string; readonly path: string }): ReactNode {
  const [table, setTable] = useState<TablePreview>();
  useEffect(() => {
    const leaving = new AbortController();
    readBeginning(fileUrl(session, path), leaving.signal).then(
      (text) => setTable(parseCsv(text, LIMITS)),
      () => undefined,
    );
    return () => leaving.abort();
  }, [session, path]);
  if (table === undefined) return null;
  return (
    <figure className="table-preview">
      <div className="table-scroll">
        <table>
          <thead>
            <tr>{cells(table.head, 'th')}</tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>{cells(row, 'td')}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption>
        {shownName(path)}
        {table.isCut && ': first rows'}
      </figcaption>
    </figure>
  );
}

function cells(values: readonly string[], Cell: 'th' | 'td'): ReactNode {
  return values.map((value, index) => (
    <Cell key={index} data-number={value !== '' && Number.isFinite(Number(value))}>
      {value}
    </Cell>
  ));
}

async function readBeginning(url: string, signal: AbortSignal): Promise<string> {
  const { ok, body } = await fetch(url, { signal });
  if (!ok || body === null) return '';
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let read = await reader.read(); !read.done && text.length < MAX_CHARACTERS; read = await reader.read()) text += read.value;
  await reader.cancel();
  return text;
}
