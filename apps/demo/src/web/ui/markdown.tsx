import { Children, isValidElement, memo, type ReactElement, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeView } from './code-view.tsx';
import { CopyButton } from './copy-button.tsx';
import { formatLanguage } from './format.ts';

const PLUGINS = [remarkGfm];

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  // Loading an image would reveal the reader to the image's server, and the URL could leak data from the chat.
  img: ({ alt, src }) => <span className="blocked-image">image not loaded: {alt || String(src ?? '')}</span>,
  pre: ({ children }) => <Fence>{children}</Fence>,
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
};

/** Renders text from a model or the user as Markdown. HTML in the text stays text. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

function Fence({ children }: { readonly children: ReactNode }): ReactElement {
  const [inner] = Children.toArray(children);
  const properties = isValidElement<{ className?: string; children?: ReactNode }>(inner) ? inner.props : {};
  const language = /language-([\w+-]+)/.exec(properties.className ?? '')?.[1] ?? 'text';
  const code = textOf(properties.children).replace(/\n$/, '');
  return (
    <div className="fence">
      <div className="fence-head">
        <span>{formatLanguage(language)}</span>
        <CopyButton text={code} label="Copy code" />
      </div>
      <CodeView code={code} language={language} label={`${formatLanguage(language)} code`} />
    </div>
  );
}

function textOf(node: ReactNode): string {
  return Children.toArray(node)
    .filter((child) => typeof child === 'string')
    .join('');
}
