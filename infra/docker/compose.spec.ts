import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}

describe('docker compose', () => {
  const file = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
  };
  const { api, worker, redis, ...others } = file.services as Record<'api' | 'worker' | 'redis' | 'eventstore', Service>;
  const hosted = { redis, ...others };

  it('starts the api and the worker, from one image, once every server is healthy', () => {
    for (const program of [api, worker]) {
      expect(existsSync(program.build!.dockerfile)).toBe(true);
      expect(program.depends_on).toEqual(
        Object.fromEntries(Object.keys(hosted).map((server) => [server, { condition: 'service_healthy' }])),
      );
    }
    expect(worker.image).toBe(api.image);
  });

  it('knows the health of every server and keeps its data in a named volume', () => {
    for (const server of Object.values(hosted)) {
      expect(server.healthcheck!.test).not.toHaveLength(0);
      expect(Object.keys(file.volumes)).toContain(server.volumes![0]!.split(':')[0]);
    }
  });

  it('keeps what both programs write in named volumes that the image has folders for', () => {
    const image = readFileSync(api.build!.dockerfile, 'utf8');
    const mounts = [...api.volumes!, ...worker.volumes!].map((mount) => mount.split(':') as [string, string]);
    expect(mounts.map(([, folder]) => folder)).toEqual(expect.arrayContaining(['/data/audit', '/data/forecasting']));
    for (const [volume, folder] of mounts) {
      expect(Object.keys(file.volumes)).toContain(volume);
      expect(image).toMatch(new RegExp(`mkdir -p .*${folder}\\b`));
    }
  });

  it('points both programs at its own servers and insists on a secret', () => {
    for (const { environment } of [api, worker]) {
      for (const [setting, server] of Object.entries({
        EVENTSTORE_URL: 'eventstore',
        MONGODB_URL: 'mongo',
        REDIS_URL: 'redis',
      }))
        expect(new URL(environment![setting]!.replace(/^\w+/, 'http')).hostname).toBe(server);
      expect(environment!['AUTH_SECRET']).toMatch(/^\$\{AUTH_SECRET:\?.+\}$/);
    }
  });

  it('opens ports to this machine only', () => {
    const ports = Object.values(file.services).flatMap((service) => service.ports ?? []);
    expect(ports).toHaveLength(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('lets Redis evict nothing and append every write', () => {
    expect(redis.command!.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
  });

  it('pins every image that it does not build', () => {
    for (const server of Object.values(hosted)) expect(server.image).toMatch(/:\d/);
  });
});
