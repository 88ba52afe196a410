import type { Socket } from 'node:net';
import { MalformedBson } from './bson/elements.ts';
import { answer } from './commands/run.ts';
import { BrokenFrame, Framing } from './framing.ts';
import { Scratch } from './scratch.ts';
import type { Later, Session } from './session.ts';
import { readRequest, type Request, writeReply } from './wire.ts';

const frames = new Scratch();

/** Answers what comes from one client, in its order. */
export class Connection {
  readonly #framing = new Framing();
  /** What came while an answer was waited for. */
  #waiting: Buffer[] | null = null;

  constructor(
    readonly socket: Socket,
    readonly session: Session,
  ) {}

  receive(chunk: Buffer): void {
    if (this.#waiting) this.#waiting.push(chunk);
    else this.#attempt(() => this.#take(this.#framing.push(chunk)));
  }

  #take(messages: Iterable<Buffer>): void {
    for (const message of messages) {
      const request = readRequest(message);
      const reply = answer(request, this.session);
      if (!Buffer.isBuffer(reply)) this.#wait(request, reply);
      else if (!request.isFireAndForget) this.#send(request, reply);
      if (this.#waiting) return;
    }
  }

  #wait(request: Request, { when, answer }: Later): void {
    this.#waiting = [];
    void when.then(() => {
      const chunks = this.#waiting ?? [];
      this.#waiting = null;
      if (this.socket.destroyed) return;
      this.#attempt(() => {
        const reply = answer();
        if (!request.isFireAndForget) this.#send(request, reply);
        this.#take(this.#framing.push(Buffer.alloc(0)));
      });
      for (const chunk of chunks) this.receive(chunk);
    });
  }

  #send(request: Request, reply: Buffer): void {
    this.socket.write(writeReply(request, reply, frames));
    // The system has not taken all of it yet.
    if (this.socket.writableLength > 0) frames.leave();
  }

  /** What cannot be understood ends its own connection and nothing else. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof MalformedBson || error instanceof BrokenFrame)) {
        console.error('mongo: a connection was closed', error);
      }
      this.socket.destroy();
    }
  }
}
