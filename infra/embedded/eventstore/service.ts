import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

/** One gRPC service as the server registers and announces it. */
export interface Service {
  definition: ServiceDefinition;
  implementation: UntypedServiceImplementation;
  /** By method: what it can do beyond the first version of the protocol. */
  features?: Record<string, string[]>;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The same paths and kinds of call, with messages left as bytes. */
export const asBytes = (definition: ServiceDefinition): ServiceDefinition =>
  Object.fromEntries(
    Object.entries(definition).map(([method, details]) => [
      method,
      { ...details, requestDeserialize: (bytes: Buffer) => bytes, responseSerialize: asBuffer },
    ]),
  );
