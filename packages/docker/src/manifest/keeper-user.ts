/** The user `nobody` on common systems, and another number for containers whose programs run as `nobody`. */
const KEEPER_USERS = ['65534', '65533'] as const;

/**
 * The user and group of the keeper, the container's main process. It differs from the programs' user, so that programs cannot stop or trace
 * the keeper.
 */
export function keeperUserBeside(user: string): string {
  const [usual, other] = KEEPER_USERS;
  const keeper = Number.parseInt(user, 10) === Number(usual) ? other : usual;
  return `${keeper}:${keeper}`;
}
