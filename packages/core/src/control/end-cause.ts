/** Why a call was ended from outside. The first cause counts. */
export type EndCause =
  | { readonly kind: 'timeout'; readonly reason: string }
  | { readonly kind: 'cancelled'; readonly reason: string; readonly error: unknown }
  | { readonly kind: 'stopped'; readonly reason: string };
