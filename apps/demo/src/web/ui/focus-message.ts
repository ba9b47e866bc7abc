/**
 * Moves the focus to the message field after a button that was used disappears, so that the user can continue with the keyboard.
 *
 * On touch screens, the focus moves to the conversation, because focus in a field would open the on-screen keyboard.
 */
export function focusMessage(): void {
  const isTouched = matchMedia('(pointer: coarse)').matches;
  document.querySelector<HTMLElement>(isTouched ? '#conversation' : '.composer textarea')?.focus({ preventScroll: true });
}
