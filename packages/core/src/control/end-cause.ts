/** The cause that ended a call from outside. If there are several causes, the first is kept. */
export type EndCause =
  | { readonly kind: 'timeout'; readonly reason: string }
  | { readonly kind: 'cancelled'; readonly reason: string; readonly error: unknown }
  | { readonly kind: 'stopped'; readonly reason: string };
