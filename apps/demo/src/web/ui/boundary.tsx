import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Keeps the rest of the page working if a message cannot be rendered. */
export class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override state: { readonly isBroken: boolean } = { isBroken: false };

  override render(): ReactNode {
    return this.state.isBroken ? <p className="muted">This part could not be shown.</p> : this.props.children;
  }
}
