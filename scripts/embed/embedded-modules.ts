/** A TypeScript module that contains scripts. They are in a module so that bundlers include them. */
export interface EmbeddedModule {
  /** Folder of the scripts, relative to the root. */
  readonly folder: string;
  /** The module to generate, relative to the root. */
  readonly out: string;
  /** Maps each constant that the module exports to the files in the folder that form its program, in this order. */
  readonly constants: Readonly<Record<string, readonly string[]>>;
}

/** All generated modules. Run `node scripts/embed-scripts.ts --write` after you change a script or this list. */
export const EMBEDDED_MODULES: readonly EmbeddedModule[] = [
  {
    folder: 'packages/launcher/src/script',
    out: 'packages/launcher/src/script/scripts.generated.ts',
    constants: {
      LAUNCHER_SCRIPT: [
        'start.sh',
        'items.sh',
        'replies.sh',
        'paths.sh',
        'files.sh',
        'stat.sh',
        'processes.sh',
        'ending.sh',
        'run.sh',
        'loop.sh',
      ],
    },
  },
  {
    folder: 'packages/launcher/src/relay',
    out: 'packages/launcher/src/relay/scripts.generated.ts',
    constants: {
      RELAY_SCRIPT: ['../script/start.sh', '../script/items.sh', '../script/replies.sh', '../script/stat.sh', 'relay.sh'],
      RELAY_PYTHON: ['relay.py'],
      RELAY_NODE: ['relay.js'],
      RELAY_PERL: ['relay.pl'],
      RELAY_BASH: ['relay.bash'],
    },
  },
  {
    folder: 'packages/kernel/src/python',
    out: 'packages/kernel/src/python/scripts.generated.ts',
    constants: {
      PYTHON_KERNEL: ['channel.py', 'output.py', 'figures.py', 'display.py', 'shell.py', 'errors.py', 'cells.py', 'kernel.py'],
      PYTHON_BOOT: ['boot.py'],
    },
  },
  {
    folder: 'packages/docker/src/manifest/keeper',
    out: 'packages/docker/src/manifest/keeper/scripts.generated.ts',
    constants: { KEEPER_SCRIPT: ['clock.sh', 'keep.sh'], REQUEST_SCRIPT: ['clock.sh', 'request.sh'] },
  },
  {
    folder: 'packages/kubernetes/src/manifest/script',
    out: 'packages/kubernetes/src/manifest/script/scripts.generated.ts',
    constants: {
      PYTHON_TEST: ['network-test.py'],
      SHELL_TEST: ['network-test.sh'],
      NETWORK_RESULT: ['network-result.sh'],
      INIT_RUN: ['init-run.sh'],
      INIT_WAIT: ['init-wait.sh'],
    },
  },
  {
    folder: 'packages/agents/src/deepagents/script',
    out: 'packages/agents/src/deepagents/script/scripts.generated.ts',
    constants: { LIST_SCRIPT: ['list.sh'], SEARCH_SCRIPT: ['search.sh'] },
  },
];
