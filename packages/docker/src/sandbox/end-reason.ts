/** Returns the reason why a container ended. Its main process, the keeper, exits with 0 only when the container expires. */
export function endReason(exitCode: number): string {
  return exitCode === 0
    ? 'The container expired. Raise expiresInMs for sandboxes that must last longer.'
    : `The container ended with status ${exitCode}.`;
}
