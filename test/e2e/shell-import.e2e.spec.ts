import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

const job = { id: 'j1', status: 'running', bytesTotal: 9, bytesRead: 3, rowsRead: 2, eventsWritten: 2, eventsKnown: 0 };
const ended = { ...job, status: 'interrupted', errors: [], eventsByType: {}, fault: null };

/** What the shell says and how it ends, on an API that behaves like this. */
const importOn = async (
  answer: RequestListener,
  { mapping = import.meta.filename, interruptAfter = '' }: { mapping?: string; interruptAfter?: string } = {},
) => {
  const files = [import.meta.filename, '--mapping', mapping];
  const api = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => api.once('listening', resolve));
  const { port } = api.address() as AddressInfo;
  const env = { ...process.env, NODE_OPTIONS: '', FUNNEL_URL: `http://127.0.0.1:${port}`, FUNNEL_TOKEN: 'any' };
  const shell = spawn(process.execPath, ['dist/cli.js', 'import', ...files], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  shell.stderr.on('data', (chunk) => {
    said += String(chunk);
    if (interruptAfter !== '' && said.includes(interruptAfter) && !shell.killed) shell.kill('SIGINT');
  });
  const code = await new Promise((resolve) => shell.once('exit', resolve));
  api.close();
  api.closeAllConnections();
  return { code, said };
};

describe('the shell that is given a folder for a mapping', () => {
  it('says so, and asks nobody', async () => {
    let isAsked = false;
    const { code, said } = await importOn(() => (isAsked = true), { mapping: import.meta.dirname });
    expect(said).toContain(`${import.meta.dirname} cannot be read: it is no file`);
    expect({ code, isAsked }).toEqual({ code: 1, isAsked: false });
  });
});

describe('the shell that follows an import', () => {
  it('asks again when the API falls, and says what became of the import', async () => {
    const answers = [() => JSON.stringify(job), () => undefined, () => undefined, () => JSON.stringify(ended)].values();
    const { code, said } = await importOn((request, response) => {
      request.resume().once('end', () => {
        const body = answers.next().value?.();
        if (body === undefined) request.socket.destroy();
        else response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      });
    });
    expect(said).toContain('the import was interrupted; run it again to complete it');
    expect(code).toBe(1);
  });

  it('says to run it again where what became of it was lost', async () => {
    const { code, said } = await importOn((request, response) => {
      const isBegin = request.method === 'POST';
      const body = isBegin ? job : { detail: 'There is no import "j1".', code: 'not-found' };
      request.resume().once('end', () => response.writeHead(isBegin ? 202 : 404).end(JSON.stringify(body)));
    });
    expect(said).toContain('nobody knows any more how far the import came; run it again to complete it');
    expect(code).toBe(1);
  });

  it('says on Ctrl-C that the import goes on without it', async () => {
    const { code, said } = await importOn(
      (request, response) => {
        request.resume().once('end', () => response.writeHead(200).end(JSON.stringify(job)));
      },
      { interruptAfter: '33 %' },
    );
    expect(said).toMatch(/goes on without this shell: GET http\S+\/api\/imports\/j1 /);
    expect(code).toBe(130);
  });

  it('ends when the API refuses to tell how far the import is', async () => {
    const { code, said } = await importOn((request, response) => {
      const isBegin = request.method === 'POST';
      const body = isBegin ? job : { title: 'Token expired', code: 'unauthorized' };
      request.resume().once('end', () => response.writeHead(isBegin ? 202 : 401).end(JSON.stringify(body)));
    });
    expect(said).toContain('funnel: Token expired (401 unauthorized)');
    expect(code).toBe(1);
  });
});
