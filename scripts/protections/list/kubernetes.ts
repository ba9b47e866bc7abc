import { type Protection, removals } from '../protection.ts';

const SRC = 'packages/kubernetes/src';
const WEAKNESSES = `${SRC}/options/check-weaknesses.ts`;

/** The protections of pods. */
export const KUBERNETES: readonly Protection[] = [
  ...removals({ file: `${SRC}/manifest/container.ts`, test: `${SRC}/manifest/pod-spec.test.ts` }, [
    [
      'pod: no privilege escalation',
      'allowPrivilegeEscalation: allowPrivilegeEscalation || privileged,',
      'allowPrivilegeEscalation: true,',
    ],
    ['pod: read-only root file system', 'readOnlyRootFilesystem: !writableRoot,', 'readOnlyRootFilesystem: false,'],
    ['pod: no capabilities', 'capabilities: { drop: [...drop],', 'capabilities: { drop: [],'],
  ]),
  ...removals({ file: `${SRC}/manifest/container.ts`, test: `${SRC}/manifest/pod-spec.test.ts` }, [
    ['pod: memory limit', 'memory: String(limits.memoryBytes),', ''],
    ['pod: CPU limit', 'cpu: String(limits.cpus),', ''],
    ['pod: disk limit', "'ephemeral-storage': String(", "'other-storage': String("],
    [
      'pod: other containers stay hardened',
      'securityContextOf(HARDENED, user.securityContext)',
      'securityContextOf(options, user.securityContext)',
    ],
    ['pod: a container is never restarted', 'const { restartPolicy, restartPolicyRules, command,', 'const { command,'],
  ]),
  ...removals({ file: `${SRC}/manifest/pod-spec.ts`, test: `${SRC}/manifest/pod-spec.test.ts` }, [
    ['pod: not root', 'runAsNonRoot: !runAsRoot,', 'runAsNonRoot: false,'],
    ['pod: seccomp', "seccompProfile: { type: 'RuntimeDefault' },", ''],
    [
      'pod: no service account token',
      'automountServiceAccountToken: user.automountServiceAccountToken ?? options.automountServiceAccountToken,',
      'automountServiceAccountToken: true,',
    ],
    ['pod: no variables of services', 'enableServiceLinks: false,', 'enableServiceLinks: true,'],
    ['pod: look-ups fail at once', '    ...namesOf(options),\n', ''],
  ]),
  ...removals({ file: `${SRC}/manifest/network-policy.ts`, test: `${SRC}/manifest/network-policy.test.ts` }, [
    ['pod: outgoing traffic is blocked', "['Ingress', 'Egress']", "['Ingress']"],
    ['pod: incoming traffic is blocked', "['Ingress', 'Egress']", "['Egress']"],
  ]),
  ...removals({ file: `${SRC}/manifest/lease-job.ts`, test: `${SRC}/manifest/lease-job.test.ts` }, [
    ['pod: the lease has no token', 'automountServiceAccountToken: false,', ''],
  ]),
  ...removals({ file: WEAKNESSES, test: `${SRC}/options/check-weaknesses.test.ts` }, [
    ['podSpec: no shared process namespace', 'spec.shareProcessNamespace === true ?', 'false ?'],
    ['podSpec: no ephemeral containers', 'spec.ephemeralContainers === undefined ?', 'true ?'],
    ['podSpec: no host namespaces', "shares('network', spec.hostNetwork),", ''],
    ['podSpec: no host process ids', "shares('pid', spec.hostPID),", ''],
    ['podSpec: no host IPC', "shares('ipc', spec.hostIPC),", ''],
    ['podSpec: no token', "weakens('spec.automountServiceAccountToken', spec.automountServiceAccountToken, {", "weakens('', undefined, {"],
    ['podSpec: no privileged container', 'weakens(`${field}.privileged`, privileged,', 'weakens(`${field}.privileged`, undefined,'],
    [
      'podSpec: no privilege escalation',
      'weakens(`${field}.allowPrivilegeEscalation`, allowPrivilegeEscalation,',
      'weakens(`${field}.allowPrivilegeEscalation`, undefined,',
    ],
    [
      'podSpec: read-only root file system',
      'weakens(`${field}.readOnlyRootFilesystem`, readOnlyRootFilesystem,',
      'weakens(`${field}.readOnlyRootFilesystem`, undefined,',
    ],
    ['podSpec: no capabilities', 'capabilities?.add?.find((name) => !options', 'capabilities?.add?.find((name) => name === "" && !options'],
    ['podSpec: no user, group or supplementary group 0', '([, id]) => id === 0 && !options.runAsRoot', '([, id]) => id === -1'],
    ['podSpec: no supplementary group 0', 'supplementalGroups.find((id) => id === 0)', 'undefined'],
    ['podSpec: not root', 'weakens(`${field}.runAsNonRoot`, runAsNonRoot,', 'weakens(`${field}.runAsNonRoot`, undefined,'],
    ['podSpec: seccomp', "profile('seccompProfile', seccompProfile?.type),", ''],
    ['podSpec: AppArmor', "profile('appArmorProfile', appArmorProfile?.type),", ''],
    ['podSpec: masked /proc', "procMount === undefined || procMount === 'Default' ?", 'true ?'],
    ['podSpec: no SELinux label', 'seLinuxOptions === undefined ?', 'true ?'],
    ['podSpec: no Windows options', 'windowsOptions === undefined ?', 'true ?'],
    ['podSpec: no sysctls', 'sysctls.length === 0 ?', 'true ?'],
    ['podSpec: only volumes of the restricted standard', 'kinds.find((kind) => !VOLUME_KINDS.has(kind))', 'kinds.find(() => false)'],
    ['podSpec: no projected token', 'source.serviceAccountToken !== undefined || ', ''],
    ['podSpec: no projected certificate', ' || source.podCertificate !== undefined', ''],
    ['podSpec: no path of the node', 'if (hostPath === undefined) return undefined;', 'return undefined;'],
    ['podSpec: no .. in a permitted path of the node', " && !path.split('/').includes('..')", ''],
    ['podSpec: no port of the node', 'hostPort === undefined || isOnHost\n', 'true\n'],
    ['podSpec: no host in probes and hooks', 'if (host === undefined || isOnHost) return undefined;', 'return undefined;'],
  ]),
  ...removals({ file: `${SRC}/options/check-network.ts`, test: `${SRC}/options/check-network.test.ts` }, [
    ['podSpec: no annotation that adds networks', '  checkAnnotations(options);\n', ''],
    ['podSpec: no source that redirects the network test', "if (options.network === 'require-none') checkSources(options);", ''],
  ]),
  ...removals(
    {
      file: `${SRC}/options/check-network.ts`,
      test: 'packages/kubernetes/test/network-proof.int.test.ts',
      name: 'would have the network tested',
    },
    [['podSpec: no variable that redirects the network test', '  checkVariables(options);\n', '']],
  ),
  ...removals({ file: `${SRC}/lifecycle/describe-provider.ts`, test: 'packages/kubernetes/test/pod-fields.test.ts' }, [
    ['describe(): secrets, devices and profiles are listed', '    ...templateWeaknesses(options),\n', ''],
  ]),
  ...removals({ file: `${SRC}/lifecycle/describe-provider.ts`, test: `${SRC}/lifecycle/describe-provider.test.ts` }, [
    [
      'describe(): a network test that may be redirected',
      "if (proof === 'unknown' && mayRedirectTest(options))",
      "if (proof === 'closed')",
    ],
    ['describe(): a lasting workspace', 'volume !== undefined && outlivesPod(volume)', 'volume === null'],
  ]),
  ...removals(
    {
      file: `${SRC}/lifecycle/pod-sandbox-provider.ts`,
      test: 'packages/kubernetes/test/network-proof.int.test.ts',
      name: 'config map may have set',
    },
    [['pod: a redirected network test proves nothing', 'isProvable: !mayRedirectTest(resolved),', 'isProvable: true,']],
  ),
  ...removals(
    {
      file: `${SRC}/sandbox/network-closure.ts`,
      test: 'packages/kubernetes/test/network-proof.int.test.ts',
      name: 'with python3 a closed network|planted|found open',
    },
    [['pod: require-none refuses an open network', "if (network === 'require-none') requireClosed(proof, sandbox.podName);", '']],
  ),
  ...removals({ file: `${SRC}/client/exec-status.ts`, test: `${SRC}/client/exec-status.test.ts` }, [
    ['exec status: size', 'if (frame.byteLength > MAX_BYTES) throw malformed(frame);', ''],
    ['exec status: exit code', '!EXIT_CODE.test(code) || Number(code) > MAX_EXIT_CODE', 'code === "no"'],
    ['exec status: success is stated', "if (status !== 'Failure') throw malformed(frame);", 'if (status === undefined) return 0;'],
  ]),
  ...removals(
    { file: `${SRC}/client/exec-channel.ts`, test: 'packages/kubernetes/test/hostile-frames.int.test.ts', name: 'damaged status' },
    [['exec: a connection with a damaged status is closed', '      this.destroy(error);\n', '      this.#end(error as Error);\n']],
  ),
  ...removals(
    { file: `${SRC}/client/exec-channel.ts`, test: 'packages/kubernetes/test/hostile-frames.int.test.ts', name: 'not read slows' },
    [['exec: output waits for its reader', 'if ((this.#output?.desiredSize ?? 1) <= 0) this.#socket.pause();', '']],
  ),
  ...removals(
    { file: `${SRC}/client/open-web-socket.ts`, test: 'packages/kubernetes/test/hostile-frames.int.test.ts', name: 'above the limit' },
    [['exec: size of a frame', '    maxPayload: MAX_FRAME_BYTES,\n', '    maxPayload: 0,\n']],
  ),
  ...removals(
    { file: `${SRC}/client/port-forward.ts`, test: 'packages/kubernetes/test/hostile-frames.int.test.ts', name: 'hostile report' },
    [
      ['port-forward: size of a report', "bytes.toString('utf8', 0, MAX_REPORT_BYTES)", "bytes.toString('utf8')"],
      [
        'port-forward: control characters in a report',
        "sanitizeTerminalText(bytes.toString('utf8', 0, MAX_REPORT_BYTES))",
        "bytes.toString('utf8', 0, MAX_REPORT_BYTES)",
      ],
    ],
  ),
  ...removals({ file: `${SRC}/client/watch-objects.ts`, test: 'packages/kubernetes/test/hostile-watches.int.test.ts' }, [
    ['watch: size of a line', "if (rest.length > MAX_LINE_BYTES) throw new Error('A watch event is too large.');", ''],
    ['watch: shape of an event', "isChange && object != null && typeof object.metadata?.name === 'string'", 'true'],
  ]),
];
