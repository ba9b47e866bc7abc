/**
 * Moves the focus to the message field after the button that the user pressed disappears, so that the keyboard still works.
 *
 * On touch screens, the focus moves to the conversation, because focus in a field would open the on-screen keyboard.
 */
export function focusMessage(): void {
  const isTouched = matchMedia('(pointer: coarse)').matches;
  document.querySelector<HTMLElement>(isTouched ? '#conversation' : '.composer textarea')?.focus({ preventScroll: true });
}
