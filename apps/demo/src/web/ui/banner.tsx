import type { ReactElement, ReactNode } from 'react';
import type { DemoError } from '../../api-types.ts';

interface BannerProps {
  readonly failure: DemoError;
  /** The banner's buttons. */
  readonly children?: ReactNode;
}

/** Shows a failure and how to fix it. */
export function Banner({ failure, children }: BannerProps): ReactElement {
  return (
    <div className="banner" role="alert" data-code={failure.code}>
      <div className="banner-text">
        <p className="banner-message">{failure.message}</p>
        {failure.advice !== undefined && <p className="banner-advice">{failure.advice}</p>}
      </div>
      {children !== undefined && <div className="banner-actions">{children}</div>}
    </div>
  );
}
