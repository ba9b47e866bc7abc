/** User ids for the keeper: the id of `nobody` on common systems, and a different id for containers whose programs run as `nobody`. */
const KEEPER_USERS = ['65534', '65533'] as const;

/**
 * Returns the user and group of the keeper, which is the container's main process. The keeper's user differs from the programs' user, so
 * that programs cannot stop or trace the keeper.
 */
export function keeperUserBeside(user: string): string {
  const [usual, other] = KEEPER_USERS;
  const keeper = Number.parseInt(user, 10) === Number(usual) ? other : usual;
  return `${keeper}:${keeper}`;
}
