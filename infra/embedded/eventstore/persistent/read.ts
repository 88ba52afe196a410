import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { ServerContext } from '../context.ts';
import { handlerFailed, invalidArgument, toStatusError } from '../errors.ts';
import { presentation, type Present } from '../presentation.ts';
import { encode } from '../wire/writer.ts';
import type { Connection, Consumer, Message } from './consumer.ts';
import { encodeDelivery } from './delivery.ts';
import { decodeConsumerRequest, type ConsumerRequest, type ReadOptions } from './requests.ts';
import type { RunningGroup } from './running-group.ts';
import { groupId } from './settings.ts';

type ReadCall = ServerDuplexStream<Buffer, Buffer>;

/** A consumer's call: it says which group, then gets events and says what became of them. */
export const readPersistent =
  (context: ServerContext) =>
  (call: ReadCall): void => {
    const session = new ConsumerSession(context, call);
    context.calls.add(call);
    call.on('data', (message: Buffer) => {
      try {
        session.receive(decodeConsumerRequest(message));
      } catch (error) {
        call.emit('error', toStatusError(error));
      }
    });
    call.on('drain', () => session.takesMore());
    // Whoever says nothing more may still listen, unless they never said what to.
    call.on('end', () => session.finish());
    call.on('cancelled', () => session.leave());
    call.on('close', () => session.leave());
    call.on('error', () => session.leave());
  };

class ConsumerSession implements Connection {
  readonly #context: ServerContext;
  readonly #call: ReadCall;
  #options: ReadOptions | undefined;
  #group: RunningGroup | undefined;
  #consumer: Consumer | undefined;
  #present: { event: Present; parked: Present } | undefined;
  #hasRoom = true;
  #hasLeft = false;

  constructor(context: ServerContext, call: ReadCall) {
    this.#context = context;
    this.#call = call;
  }

  get name(): string {
    const [name] = this.#call.metadata.get('connection-name');
    return name === undefined ? '<unknown>' : String(name);
  }

  get bufferSize(): number {
    return this.#options!.bufferSize;
  }

  get isReady(): boolean {
    return this.#hasRoom && !this.#hasLeft;
  }

  receive(request: ConsumerRequest): void {
    if (this.#hasLeft) return;
    if (request.kind === 'options') return this.#begin(request.options);
    if (!this.#group) throw handlerFailed();
    if (request.kind === 'ack') this.#group.acknowledge(request.ids);
    else this.#group.refuse(request.ids, request.refusal, request.reason);
  }

  send(message: Message): void {
    const present = message.parkedAt === undefined ? this.#present!.event : this.#present!.parked;
    this.#hasRoom = this.#call.write(encodeDelivery(present(message.stored), message.retries));
  }

  drop(error: Error): void {
    if (!this.#hasLeft) this.#call.emit('error', error);
  }

  takesMore(): void {
    this.#hasRoom = true;
    this.#group?.wake();
  }

  finish(): void {
    if (!this.#options && !this.#hasLeft) this.#call.end();
  }

  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    if (this.#consumer) this.#group!.disconnect(this.#consumer);
  }

  #begin(options: ReadOptions): void {
    if (this.#options) throw invalidArgument('A consumer sends its options once.');
    this.#options = options;
    const { reader } = this.#context.log;
    const group = this.#context.groups.get(options.key);
    const { uuidAsText } = options;
    this.#present = {
      event: presentation(reader, { uuidAsText, resolveLinks: group.definition.settings.resolveLinks }),
      parked: presentation(reader, { uuidAsText, resolveLinks: true }),
    };
    this.#consumer = group.connect(this);
    this.#group = group;
    const id = groupId(options.key);
    this.#hasRoom = this.#call.write(encode((answer) => answer.message(2, (confirmation) => confirmation.text(1, id))));
  }
}
