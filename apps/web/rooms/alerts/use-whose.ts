import { useMe } from '../../frame/company.ts';
import { alertsRoute } from './route.ts';

/** Said in the address by a rep who wants to see more than his own. */
const everybody = 'everybody';

/** Whose alerts are listed: a rep begins with his own. */
export const useWhose = () => {
  const { owner: asked, team } = alertsRoute.useSearch();
  const navigate = alertsRoute.useNavigate();
  const me = useMe();
  const own = me?.role === 'rep' ? me.user : undefined;
  const owner = asked ?? (team === undefined ? own : undefined);
  const choose = (whose: { owner: string | undefined; team: string | undefined }) => {
    const isAll = whose.owner === undefined && whose.team === undefined && own !== undefined;
    const chosen = { team: whose.team, owner: isAll ? everybody : whose.owner };
    void navigate({ search: (now) => ({ ...now, ...chosen }), replace: true });
  };
  return { owner: owner === everybody ? undefined : owner, team, choose };
};
