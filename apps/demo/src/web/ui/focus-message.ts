/**
 * Lets the person go on with the keyboard where a used button disappears: in the message field.
 *
 * On touch screens that would open the keyboard over the page, so there it is the conversation.
 */
export function focusMessage(): void {
  const isTouched = matchMedia('(pointer: coarse)').matches;
  document.querySelector<HTMLElement>(isTouched ? '#conversation' : '.composer textarea')?.focus({ preventScroll: true });
}
