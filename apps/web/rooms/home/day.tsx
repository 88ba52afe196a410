import { Link } from '@tanstack/react-router';
import { ArrowRight, Route } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useShownDay } from '../../frame/as-of.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Shown } from '../../parts/states.tsx';
import { Attention } from './attention.tsx';
import { Headline } from './headline.tsx';
import { Members } from './members.tsx';
import { QuotaPanel } from './quota-panel.tsx';
import { Standing } from './standing.tsx';
import { useDay } from './use-day.ts';
import { homeWords } from './words.ts';

/** The day of a rep, or of whoever looks at all: what stands, what is won, what needs attention. */
export function Day({ onTour }: { onTour: () => void }) {
  const t = useWords(homeWords);
  const {
    owner,
    quarter: { year, number },
    report,
    quota,
    over,
  } = useDay();
  const quarter = t('quarter', { year, number });
  return (
    <>
      <div className="room-head">
        <Title isMine={owner !== undefined} />
        <div className="room-tools no-print">
          <FunnelChoice />
          <Button className="button button-quiet" onPress={onTour}>
            <Route aria-hidden size={16} /> {t('tour')}
          </Button>
          <Link to="/funnel" search={{ owner }} className="button">
            {t('openFunnel')} <ArrowRight aria-hidden size={15} />
          </Link>
        </div>
      </div>
      <div className="home">
        <Shown reading={report}>
          {(figures) => <Headline report={figures} quota={quota.data} quarter={quarter} />}
        </Shown>
        <div className="home-columns">
          <div className="home-side">
            <Attention reading={over} report={report.data} />
            {report.data && <Standing report={report.data} />}
          </div>
          <div className="home-side">
            <QuotaPanel reading={quota} quarter={quarter} />
            {owner === undefined && quota.data && <Members quota={quota.data} />}
          </div>
        </div>
      </div>
    </>
  );
}

function Title({ isMine }: { isMine: boolean }) {
  const t = useWords(homeWords);
  const { asOf } = useShownDay();
  const { day } = useFormats();
  if (asOf.asOf) return <h1>{t(isMine ? 'minePast' : 'companyPast', { day: day(asOf.asOf) })}</h1>;
  return <h1>{t(isMine ? 'mine' : 'company')}</h1>;
}
