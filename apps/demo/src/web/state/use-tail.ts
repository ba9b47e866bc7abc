import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Maximum distance from the end, in pixels, at which the element counts as scrolled to the end. */
const NEAR_END = 24;

export interface Tail<T extends HTMLElement> {
  readonly ref: RefObject<T | null>;
  /** False after the user scrolled away from the end. */
  readonly isFollowing: boolean;
  onScroll(): void;
  follow(): void;
}

/** Keeps the end of a scrolled element in view while `content` grows, unless the user scrolled up or `isWanted` is false. */
export function useTail<T extends HTMLElement>(content: unknown, isWanted = true): Tail<T> {
  const ref = useRef<T>(null);
  const lastTop = useRef(0);
  const [isFollowing, setFollowing] = useState(true);
  // The element grows when `content` changes.
  useLayoutEffect(() => {
    if (!isWanted) return;
    if (isFollowing || isAtEnd(ref.current)) toEnd(ref.current);
    if (isAtEnd(ref.current)) setFollowing(true);
  }, [content, isFollowing, isWanted]);

  useEffect(() => {
    const inner = ref.current?.firstElementChild;
    if (!isWanted || !isFollowing || inner === null || inner === undefined) return;
    // The content also grows when an image is loaded late.
    const watching = new ResizeObserver(() => toEnd(ref.current));
    watching.observe(inner);
    return () => watching.disconnect();
  }, [isFollowing, isWanted]);

  const onScroll = useCallback(() => {
    const top = ref.current?.scrollTop ?? 0;
    // Following stops only if the user scrolls up, not if the end moves away.
    if (isAtEnd(ref.current)) setFollowing(true);
    else if (top < lastTop.current) setFollowing(false);
    lastTop.current = top;
  }, []);
  const follow = useCallback(() => {
    setFollowing(true);
    toEnd(ref.current);
  }, []);
  return { ref, isFollowing, onScroll, follow };
}

function isAtEnd(element: HTMLElement | null): boolean {
  return element === null || element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_END;
}

function toEnd(element: HTMLElement | null): void {
  if (element !== null) element.scrollTop = element.scrollHeight;
}
