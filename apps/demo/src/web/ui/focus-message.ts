/**
 * Moves the focus to the message field when the button that the user pressed has disappeared, so that the user can continue with the
 * keyboard.
 *
 * On touch screens, the focus moves to the conversation, because focusing a field would open the on-screen keyboard.
 */
export function focusMessage(): void {
  const isTouched = matchMedia('(pointer: coarse)').matches;
  document.querySelector<HTMLElement>(isTouched ? '#conversation' : '.composer textarea')?.focus({ preventScroll: true });
}
