/** Nobody, on every common system; the second number serves where programs run as nobody themselves. */
const KEEPER_USERS = ['65534', '65533'] as const;

/** The user and group of the keeper, the container's main process. Never the user that runs programs, so that they cannot stop or trace it. */
export function keeperUserBeside(user: string): string {
  const [usual, other] = KEEPER_USERS;
  const keeper = Number.parseInt(user, 10) === Number(usual) ? other : usual;
  return `${keeper}:${keeper}`;
}
