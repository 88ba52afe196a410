import { connect } from 'node:net';
import type { Address } from '../programs/address.ts';

/**
 * The raw answer of the server on this address to a few inline commands, read until the server hangs up. Rejects when
 * nothing listens there, or when whatever listens stays silent for a second.
 */
export const askRedis = (address: Address, ...commands: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(address);
    socket.setEncoding('utf8');
    socket.setTimeout(1_000, () => socket.destroy(new Error(`no answer from ${address.host}:${address.port}`)));
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write([...commands, 'QUIT', ''].join('\r\n'));
  });

/** Whether the server on this address is the process with this id and has read all its data. Never rejects. */
export const redisAnswers = async (address: Address, pid: number): Promise<boolean> => {
  const answer = await askRedis(address, 'INFO server', 'PING').catch(() => '');
  return answer.includes(`process_id:${pid}\r\n`) && answer.includes('+PONG');
};
