import { memo, type ReactElement, type ReactNode } from 'react';
import { highlight, type Token } from './highlight.ts';

interface CodeViewProps {
  readonly code: string;
  readonly language: string;
  readonly label: string;
  /** Wraps lines and shows the letters of all scripts from left to right, because the user must approve this code. */
  readonly isAsked?: boolean;
}

/** Shows code with syntax colors. Long code can be scrolled. */
export const CodeView = memo(function CodeView({ code, language, label, isAsked = false }: CodeViewProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className="code" tabIndex={0} aria-label={label} translate="no">
      <pre className={isAsked ? 'code-asked' : undefined}>
        <code>{draw(highlight(code, language))}</code>
      </pre>
    </section>
  );
});

function draw(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, index) => {
    if (typeof token === 'string') return token;
    return (
      <span key={index} className={`hl-${token.scope.split('.')[0]?.replaceAll('_', '-')}`}>
        {draw(token.children)}
      </span>
    );
  });
}
