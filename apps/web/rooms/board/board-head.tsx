import { Download, Plus, Search } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input, SearchField } from 'react-aria-components/SearchField';
import { dealWords } from '../../deals/deal-words.ts';
import { ProspectForm } from '../../deals/forms/prospect-form.tsx';
import type { OpenDeals } from '../../deals/open-deals/open-deals.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { OwnerFilter } from '../../frame/owner-filter.tsx';
import { useShownDay } from '../../frame/as-of.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useMe } from '../../frame/company.ts';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { useSettled } from '../../parts/use-settled.ts';
import type { Column } from './columns.ts';
import { boardRoute } from './route.ts';
import { useBoardCsv } from './use-board-csv.ts';
import { boardWords } from './words.ts';

interface BoardHeadProps {
  readonly funnel: Funnel;
  readonly open: OpenDeals;
  /** What is shown, for the file: asked for when it is saved, so that the head is not drawn anew with each move. */
  readonly columns: () => readonly Column[];
  readonly typed: string;
  readonly onType: (text: string) => void;
}

export const BoardHead = memo(function BoardHead({ funnel, open, columns, typed, onType }: BoardHeadProps) {
  const t = useWords(frameWords);
  const board = useWords(boardWords);
  const { isPast } = useShownDay();
  const save = useBoardCsv(columns);
  return (
    <header className="room-head board-head">
      <div>
        <h1>{t('board')}</h1>
        <Loaded open={open} />
        {isPast && <p className="board-past">{board('readOnly')}</p>}
      </div>
      <div className="room-tools no-print">
        <CardSearch typed={typed} onType={onType} />
        <Which />
        <Whose />
        <Button className="button button-icon" aria-label={t('csvOf', { table: t('board') })} onPress={save}>
          <Download aria-hidden size={16} />
        </Button>
        {!isPast && <AddProspect funnel={funnel} />}
      </div>
    </header>
  );
});

/** Both apart from the search, so that they are not drawn anew with each key. */
const Which = memo(FunnelChoice);

const Whose = memo(function Whose() {
  const { owner, team } = boardRoute.useSearch();
  const navigate = boardRoute.useNavigate();
  return (
    <OwnerFilter
      owner={owner}
      team={team}
      onChange={(chosen) => void navigate({ search: (now) => ({ ...now, ...chosen }), replace: true })}
    />
  );
});

/** While cards are still coming in, how many there are already. */
function Loaded({ open }: { open: OpenDeals }) {
  const t = useWords(boardWords);
  const formats = useFormats();
  if (open.isComplete || !open.deals) return null;
  const loaded = formats.number(open.deals.length);
  return (
    <p className="panel-hint figures" role="status">
      {t('loaded', { loaded, count: formats.number(open.count) })}
    </p>
  );
}

/** The address follows what is typed once one rests. */
function CardSearch({ typed, onType }: { typed: string; onType: (text: string) => void }) {
  const t = useWords(boardWords);
  const navigate = boardRoute.useNavigate();
  const settled = useSettled(typed, 400);
  useEffect(() => {
    void navigate({ search: (now) => ({ ...now, q: settled || undefined }), replace: true });
  }, [settled, navigate]);
  return (
    <SearchField className="board-search" aria-label={t('filter')} value={typed} onChange={onType}>
      <Search aria-hidden size={15} />
      <Input placeholder={t('filter')} />
    </SearchField>
  );
}

function AddProspect({ funnel }: { funnel: Funnel }) {
  const t = useWords(dealWords);
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  if (me?.role === 'auditor') return null;
  return (
    <>
      <Button className="button button-primary" onPress={() => setOpen(true)}>
        <Plus aria-hidden size={16} /> {t('addProspect')}
      </Button>
      <Sheet place="middle" title={t('addProspect')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <ProspectForm funnel={funnel} onEnd={() => setOpen(false)} />
      </Sheet>
    </>
  );
}
