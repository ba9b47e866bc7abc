/** The rights of WASI preview 1 that have an effect here. All other rights are granted to every descriptor. */
export const WASI_RIGHT: Readonly<Record<'FD_READ' | 'FD_SEEK' | 'FD_TELL' | 'FD_WRITE', bigint>> = {
  FD_READ: 1n << 1n,
  FD_SEEK: 1n << 2n,
  FD_TELL: 1n << 5n,
  FD_WRITE: 1n << 6n,
};

export const ALL_RIGHTS: bigint = 2n ** 30n - 1n;
