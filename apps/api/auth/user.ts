import type { UserRole } from '@funnel/contracts';

/** Who sent a request. */
export interface User {
  readonly id: string;
  readonly role: UserRole;
  /** When the sign-in ends, milliseconds since 1970. */
  readonly expiresAt: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Absent on open routes only. */
    user?: User;
  }
}
