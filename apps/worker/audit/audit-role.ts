import type { SignedRoot } from '@funnel/audit';
import type { ReadStore } from '@funnel/read-store';
import { setTimeout as pause } from 'node:timers/promises';
import { signRoots, type Signer } from './sign-roots.ts';

export interface AuditRole {
  /** Signs what is still unsigned, if that is quickly done. */
  stop(): Promise<void>;
}
interface AuditRoleSettings extends Signer {
  readonly views: ReadStore;
  readonly everyMs: number;
  readonly onFault: (what: string, fault: unknown) => void;
}

/** A wish of somebody who does not want to wait for the hour, and what came of it: notes in the read store. */
interface Wish {
  readonly wish: string;
}
type Answer = Wish & { readonly root: SignedRoot | null; readonly fault: string | null };

const lookEveryMs = 1_000;
/** Of the last root, when the product is being stopped. */
const farewellMs = 5_000;

/** Signs a root every so often when something was written, on request, and at the end. */
export const startAudit = (settings: AuditRoleSettings): AuditRole => {
  const { views, everyMs, now, onFault } = settings;
  const notes = views.documents<Wish | Answer>('audit');
  const stopping = new AbortController();
  const sign = (): Promise<SignedRoot | undefined> => signRoots(settings, stopping.signal);

  const grant = async ({ wish }: Wish): Promise<void> => {
    const answer = await sign().then(
      (root) => ({ wish, root: root ?? null, fault: null }),
      (fault: Error) => ({ wish, root: null, fault: fault.message }),
    );
    await notes.put('answer', answer);
  };

  const run = async (): Promise<void> => {
    let signedAt = now();
    let granted = (await notes.get('wish').catch(() => undefined))?.wish;
    while (!stopping.signal.aborted) {
      await pause(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      try {
        const wished = await notes.get('wish');
        if (wished && wished.wish !== granted) {
          granted = wished.wish;
          await grant(wished);
        } else if (now() >= signedAt + everyMs) {
          signedAt = now();
          await sign();
        }
      } catch (fault) {
        onFault('audit: signing a root', fault);
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      const late = AbortSignal.timeout(farewellMs);
      await Promise.race([signRoots(settings, late), pause(farewellMs, undefined, { ref: false })]).catch((fault) =>
        onFault('audit: signing the last root', fault),
      );
    },
  };
};
