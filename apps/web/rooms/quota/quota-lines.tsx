import { Target } from 'lucide-react';
import { leads, useMe } from '../../frame/company.ts';
import { useShownDay } from '../../frame/as-of.ts';
import type { Money } from '../../language/formats.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Empty, Shown } from '../../parts/states.tsx';
import { Bullet, scaleOf } from './bullet.tsx';
import { repLines, useTeamLines, type QuotaLine, type QuotaReport } from './quota-reads.ts';
import type { SubjectKind } from './route.ts';
import { SetQuota } from './set-quota.tsx';
import { usePeriodName } from './use-period.ts';
import { quotaWords } from './words.ts';

const valueOf = (money: Money | null): number | null => (money === null ? null : Number(money.value));

const useColumns = (scale: number): readonly Column<QuotaLine>[] => {
  const t = useWords(quotaWords);
  const { shortMoney, percent, number } = useFormats();
  const money = (key: MoneyKey): Column<QuotaLine> => ({
    key,
    name: t(key === 'expectedInPeriod' ? 'suggested' : key),
    isFigure: true,
    value: (line) => valueOf(line[key]),
    show: (line) => shown(line[key], shortMoney),
  });
  return [
    { key: 'name', name: t('name'), value: ({ name }) => name ?? t('nobody') },
    {
      key: 'attainment',
      name: t('attainment'),
      value: ({ attainment }) => attainment,
      show: (line) => (
        <div className="quota-progress">
          <Bullet figures={line} scale={scale} />
          <span className="figures">{shown(line.attainment, percent)}</span>
        </div>
      ),
    },
    ...(['quota', 'won', 'gap', 'weightedOpen'] as const).map(money),
    {
      key: 'coverage',
      name: t('coverage'),
      isFigure: true,
      value: ({ coverage }) => coverage,
      show: ({ coverage }) => shown(coverage, percent),
    },
    money('expectedInPeriod'),
    {
      key: 'neededProspects',
      name: t('needed'),
      isFigure: true,
      value: (line) => line.neededProspects,
      show: (line) => shown(line.neededProspects, number),
    },
  ];
};
type MoneyKey = 'quota' | 'won' | 'gap' | 'weightedOpen' | 'expectedInPeriod';

const shown = <Value,>(value: Value | null, format: (value: Value) => string): string =>
  value === null ? '–' : format(value);

interface Compared {
  readonly company: QuotaReport;
  readonly by: SubjectKind;
}

/** Everybody, or every team, beside everybody else. */
export function QuotaLines({ company, by }: Compared) {
  const teams = useTeamLines(company.period, by === 'team');
  if (by === 'rep') return <LinesTable company={company} by={by} lines={repLines(company)} />;
  return <Shown reading={teams}>{(lines) => <LinesTable company={company} by={by} lines={lines} />}</Shown>;
}

function LinesTable({ company, by, lines }: Compared & { lines: readonly QuotaLine[] }) {
  const t = useWords(quotaWords);
  const nameOf = usePeriodName();
  const columns = useColumns(scaleOf(lines));
  const maySet = leads(useMe());
  const { isPast } = useShownDay();
  const year = company.period.slice(0, 4);
  const setting: Column<QuotaLine> = {
    key: 'set',
    name: t('setQuota'),
    value: () => null,
    show: ({ subject, name }) => subject && <SetQuota subject={subject} name={name ?? ''} year={year} />,
  };
  return (
    <DataTable
      name={`${t(by === 'rep' ? 'byRep' : 'byTeam')} ${nameOf(company.period)}`}
      columns={maySet && !isPast ? [...columns, setting] : columns}
      rows={lines}
      keyOf={({ key }) => key}
      empty={<Empty icon={Target} title={t('nothing')} text={t('nothingText')} />}
    />
  );
}
