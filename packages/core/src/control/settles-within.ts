/** Time that a kill may take before the sandbox is taken to be stuck and replaced. */
const KILL_MS = 5_000;

/** Whether `killing` resolves before a sandbox has to be taken for stuck. */
export async function settlesWithin(killing: Promise<unknown>): Promise<boolean> {
  const stuck = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => stuck.resolve(false), KILL_MS);
  const isDead = await Promise.race([
    stuck.promise,
    killing.then(
      () => true,
      () => false,
    ),
  ]);
  clearTimeout(timer);
  return isDead;
}
