import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { leads, useMe } from '../../frame/company.ts';
import { useProblemText } from '../../language/problem-words.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Words } from '../../parts/form/fields.tsx';
import { CriteriaList } from '../criteria-list.tsx';
import { dealWords } from '../deal-words.ts';
import { helpFor } from './help.ts';
import type { MoveSheetProps } from './move-sheet.tsx';

/** Why a move was refused, and what would help. */
export function RefusedMove(props: MoveSheetProps) {
  const say = useProblemText();
  const t = useWords(dealWords);
  const { refusal } = props.move;
  const help = helpFor(refusal);
  return (
    <div className="form">
      <div className="form-refusal" role="alert">
        <CircleAlert aria-hidden size={16} />
        {/* The criteria stand below, called as people call them. */}
        <p>{help.kind === 'criteria' ? t('criteriaUnmet') : say(refusal)}</p>
      </div>
      {help.kind === 'criteria' ? (
        <MeetOrOverride {...props} unmet={help.unmet} />
      ) : (
        <Way {...props} kind={help.kind} />
      )}
    </div>
  );
}

function MeetOrOverride({ funnel, move, onMove, onClose, unmet }: MoveSheetProps & { unmet: readonly string[] }) {
  const t = useWords(dealWords);
  const me = useMe();
  const [deal, setDeal] = useState(move.deal);
  const [met, setMet] = useState<readonly string[]>([]);
  const criteria = funnel.stages.flatMap(({ exitCriteria }) => exitCriteria).filter(({ key }) => unmet.includes(key));
  const ticked = (key: string, isMet: boolean, revision: number) => {
    // What one has ticked oneself is no change by somebody else.
    setDeal((now) => ({ ...now, revision: Math.max(now.revision ?? revision, revision) }));
    setMet((now) => (isMet ? [...now, key] : now.filter((each) => each !== key)));
  };
  const isReady = unmet.every((key) => met.includes(key));
  return (
    <>
      <p className="form-note">{t('criteriaHelp')}</p>
      <CriteriaList dealId={deal.id} criteria={criteria} met={met} onTicked={ticked} />
      {!isReady && leads(me) && (
        <CommandForm
          submit={t('moveAgain')}
          onCancel={onClose}
          onSubmit={({ reason = '' }) => onMove(deal, move.to, { override: { reason } })}
        >
          <Words name="reason" label={t('overrideReason')} hint={t('overrideAllowed')} isRequired />
        </CommandForm>
      )}
      {!isReady && !leads(me) && <p className="form-note">{t('overrideNeeded')}</p>}
      {isReady && (
        <div className="form-actions">
          <Button className="button button-primary" onPress={() => void onMove(deal, move.to)} autoFocus>
            {t('moveAgain')}
          </Button>
        </div>
      )}
    </>
  );
}

function Way({ move: { deal }, kind, onClose }: MoveSheetProps & { kind: 'reload' | 'reopen' | 'wait' | 'none' }) {
  const t = useWords(dealWords);
  const client = useQueryClient();
  const helps = { reload: t('reloadHelp'), reopen: t('reopenHelp'), wait: t('whileOffline'), none: undefined };
  const reload = () => {
    void client.invalidateQueries();
    onClose();
  };
  return (
    <>
      {helps[kind] && <p className="form-note">{helps[kind]}</p>}
      <div className="form-actions">
        <Link to="/deals/$id" params={{ id: deal.id }} className="button" onClick={onClose}>
          {t('toDeal')}
        </Link>
        {kind === 'reload' && (
          <Button className="button button-primary" onPress={reload} autoFocus>
            {t('reload')}
          </Button>
        )}
      </div>
    </>
  );
}
