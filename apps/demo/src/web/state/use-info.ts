import { useEffect, useState } from 'react';
import type { DemoError, DemoInfo } from '../../api-types.ts';
import { getInfo } from '../api/demo-api.ts';
import { describeFailure } from '../api/demo-failure.ts';

const AGAIN_MS = 1_500;

export interface InfoState {
  readonly info?: DemoInfo;
  readonly failure?: DemoError;
}

/** Returns the server's information. Requests it again while the server checks a back end or does not respond. */
export function useInfo(): InfoState {
  const [state, setState] = useState<InfoState>({});
  useEffect(() => {
    if (state.info?.backends.every(({ available }) => available !== null)) return;
    let isLeft = false;
    const timer = setTimeout(
      async () => {
        const next = await getInfo().then(
          (info): InfoState => ({ info }),
          (thrown): InfoState => ({ ...state, failure: describeFailure(thrown) }),
        );
        if (!isLeft) setState(next);
      },
      state.info === undefined && state.failure === undefined ? 0 : AGAIN_MS,
    );
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [state]);
  return state;
}
