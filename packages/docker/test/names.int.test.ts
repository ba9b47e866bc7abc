import { afterEach, describe, expect, it } from 'vitest';
import { Racers } from './fixtures/start-client.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('names');
const clientOptions = { image: BUSYBOX, labels: containers.labels };
let count = 0;

afterEach(async () => {
  await containers.removeAll();
  expect(await containers.leftAfter(5_000)).toEqual([]);
});

function nextName(): string {
  count += 1;
  return `name-${process.pid}-${count}`;
}

describe('a name', () => {
  it('is got by exactly one of eight processes that want it at once', { timeout: 120_000 }, async () => {
    await using racers = await Racers.start(8, 'create', clientOptions);
    for (const name of [nextName(), nextName()]) {
      const outcomes = await racers.race(name);
      expect(outcomes.filter((outcome) => outcome.startsWith('won ') && outcome.endsWith(` ${name}`))).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'sandbox-exists')).toHaveLength(7);
      expect((await containers.list()).flatMap(({ Names }) => Names)).toEqual([`/sandpod_${name}`]);
      await containers.removeAll();
      expect(await containers.leftAfter(5_000)).toEqual([]);
    }
  });

  it('is free again once its container was removed or killed', async () => {
    const provider = containers.provider();
    const name = nextName();
    const first = await provider.create({ name });
    await docker.getContainer(first.containerId).kill();
    const second = await provider.create({ name });
    expect(second.id).not.toBe(first.id);
    await second[Symbol.asyncDispose]();
    await using third = await provider.create({ name });
    expect(third.name).toBe(name);
  });

  it('is apart from the id, also if it looks like one', async () => {
    const provider = containers.provider();
    await using first = await provider.create();
    await using second = await provider.create({ name: first.id });
    expect((await provider.attach({ id: first.id })).containerId).toBe(first.containerId);
    expect((await provider.attach({ name: first.id })).containerId).toBe(second.containerId);
    await expect(provider.attach({ name: second.id })).rejects.toMatchObject({ code: 'sandbox-not-found' });
  });

  it('cannot be combined with containerName', async () => {
    const provider = containers.provider({ containerName: nextName() });
    await expect(provider.create({ name: 'mine' })).rejects.toMatchObject({
      code: 'invalid-options',
      message: expect.stringContaining('mine'),
    });
  });

  it('of a foreign container is refused, and that container does not change', async () => {
    const name = nextName();
    const foreign = await docker.createContainer({ name: `sandpod_${name}`, Image: BUSYBOX, Labels: containers.labels });
    await expect(containers.provider().create({ name })).rejects.toMatchObject({ code: 'sandbox-exists' });
    expect((await foreign.inspect()).State.Status).toBe('created');
  });
});

it('labels are found again on the sandbox, when it is attached, and in the list', async () => {
  const provider = containers.provider();
  const labels = { app: nextName(), id: 'not-an-id', 'a.b_c-d': '' };
  await using sandbox = await provider.create({ labels });
  await using other = await provider.create({ labels: { app: labels.app } });
  expect(sandbox.labels).toEqual(labels);
  expect((await containers.provider().attach({ id: sandbox.id })).labels).toEqual(labels);
  const listed = async (wanted: Record<string, string>): Promise<string[]> =>
    (await Array.fromAsync(provider.list({ labels: wanted }))).map(({ id }) => id).sort();
  expect(await listed({ app: labels.app })).toEqual([sandbox.id, other.id].sort());
  expect(await listed({ app: labels.app, id: 'not-an-id' })).toEqual([sandbox.id]);
  const [info] = await Array.fromAsync(provider.list({ labels }));
  expect(info).toMatchObject({ id: sandbox.id, labels, isClaimable: false, state: 'running' });
});
