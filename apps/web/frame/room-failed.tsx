import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Failed } from '../parts/states.tsx';

/** Whatever a room throws, its frame stays. */
export function RoomFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return <Failed error={error} onRetry={again} />;
}
