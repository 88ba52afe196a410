import { useQueryClient } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Failed } from '../parts/states.tsx';

/** Whatever a room throws, its frame stays. */
export function RoomFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const client = useQueryClient();
  const again = async () => {
    await client.resetQueries({ predicate: ({ state }) => state.status === 'error' });
    reset();
    void router.invalidate();
  };
  return <Failed error={error} onRetry={() => void again()} />;
}
