import { type Protection, removals } from '../protection.ts';

const SRC = 'packages/docker/src';

/** The protections of containers. */
export const DOCKER: readonly Protection[] = [
  ...removals({ file: `${SRC}/manifest/container-spec.ts`, test: `${SRC}/manifest/container-spec.test.ts` }, [
    ['container: removed when it ends', '    AutoRemove: true,\n', ''],
    ['container: orphans are reaped', '    Init: true,\n', ''],
    ['container: no network', 'NetworkMode: options.network,', "NetworkMode: 'bridge',"],
    ['container: look-ups fail at once', "...(options.network === 'none' ? NO_NAMES : {}),", ''],
    ['container: own IPC namespace', "    IpcMode: 'private',\n", ''],
    ['container: no capabilities', "CapDrop: ['ALL'],", 'CapDrop: [],'],
    ['container: no new privileges', "allowsEscalation(options) ? [] : ['no-new-privileges']", 'allowsEscalation(options) ? [] : []'],
    ['container: strict seccomp', "options.seccompProfile === 'strict' ?", "options.seccompProfile === 'default' ?"],
    ['container: read-only root file system', 'ReadonlyRootfs: !options.writableRoot,', 'ReadonlyRootfs: false,'],
    ['container: memory limit', '    Memory: limits.memoryBytes,\n', ''],
    ['container: no swap', '    MemorySwap: limits.memoryBytes,\n', ''],
    ['container: CPU limit', '    NanoCpus: Math.round(limits.cpus * 1e9),\n', ''],
    ['container: process limit', '    PidsLimit: limits.processes,\n', ''],
    ['container: descriptor limit', "    Ulimits: [{ Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES }],\n", ''],
    ['container: no log file', "    LogConfig: { Type: 'none', Config: {} },\n", ''],
    ['container: shared memory limit', '    ShmSize: SHARED_MEMORY_BYTES,\n', ''],
    ['container: temporary files are limited', '`rw,exec,nosuid,nodev,mode=1777,size=${bytes}`', '`rw,exec,nosuid,nodev,mode=1777`'],
    ['container: no setuid programs and devices in file systems in memory', '`rw,exec,nosuid,nodev,mode=1777,', '`rw,exec,mode=1777,'],
    ['container: volumes of the image are replaced', "['/tmp', ...imageVolumes]", "['/tmp']"],
    ['container: no health check of the image', "    Healthcheck: { Test: ['NONE'] },\n", ''],
    ['container: process 1 has another user than programs', 'User: keeperUserBeside(user),', 'User: user,'],
    ["container: the keeper's files are closed to programs", 'mode=0711,', 'mode=0777,'],
  ]),
  ...removals({ file: `${SRC}/manifest/merge-create-options.ts`, test: `${SRC}/manifest/merge-create-options.test.ts` }, [
    ['createOptions: labels of sandpod win', 'Labels: { ...Labels, ...ours.Labels },', 'Labels: { ...ours.Labels, ...Labels },'],
  ]),
  ...removals({ file: `${SRC}/manifest/merge-create-options.ts`, test: `${SRC}/manifest/container-spec.test.ts` }, [
    ['createOptions: lists are added to', 'return [...ours, ...theirs];', 'return theirs;'],
  ]),
  ...removals({ file: `${SRC}/options/docker-options-schema.ts`, test: `${SRC}/manifest/container-spec.test.ts` }, [
    ['createOptions: owned fields are refused', '[...forbiddenCreateOptions(value), ...reserved]', '[...reserved]'],
    ['createOptions: reserved labels are refused', '[...forbiddenCreateOptions(value), ...reserved]', '[...forbiddenCreateOptions(value)]'],
    ['options: root needs runAsRoot', 'user !== undefined && isRoot(user) && !runAsRoot', 'false'],
    ['options: capabilities need root', 'capabilities.length > 0 && !isRoot(userOf(options))', 'false'],
    ["options: the keeper's directory is reserved", 'targetsOf(options)[field].some(isKeepersOwn)', 'false'],
    ['options: a variable that is too long', '.superRefine(refuseLongVariables)', ''],
  ]),
  ...removals({ file: `${SRC}/client/frame-demultiplexer.ts`, test: `${SRC}/client/frame-demultiplexer.test.ts` }, [
    ['frames of the daemon: stream number', 'if (kind !== 1 && kind !== 2) throw', 'if (kind === 300) throw'],
  ]),
  ...removals({ file: `${SRC}/lifecycle/keeper-report.ts`, test: `${SRC}/lifecycle/keeper-report.test.ts` }, [
    [
      "keeper's report: shape",
      'if (now === undefined) return undefined;',
      'if (now === undefined) return { expiresMs: undefined, isClaimed: false };',
    ],
    ["keeper's report: the end is a date", 'if (expiresMs !== undefined && Math.abs(expiresMs) > LAST_MS) return undefined;', ''],
  ]),
  ...removals({ file: `${SRC}/client/await-whole-answers.ts`, test: 'packages/docker/test/hostile-answers.int.test.ts' }, [
    ['answers of the daemon: size', 'if (length > MAX_ANSWER_BYTES) throw', 'if (length > 3e9) throw'],
  ]),
];
