import { dealWords } from '../../../deals/deal-words.ts';
import type { Funnel } from '../../../frame/chosen-funnel.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import type { ShownDeal } from '../deal-room.tsx';
import { roomWords } from '../words.ts';

/** The rest of what is known. What is not known is not shown. */
export function FactsPanel({ deal, funnel }: { deal: ShownDeal; funnel: Funnel }) {
  const t = useWords(roomWords);
  const say = useWords(dealWords);
  const formats = useFormats();
  const { customer, conversion } = deal;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    // Imports that know no names call a deal and its customer by the same id.
    [t('customer'), customer.name === deal.title ? null : customer.name],
    [t('class'), customer.class && say(`class_${customer.class}` as 'class_vip')],
    [t('region'), customer.region],
    [t('industry'), customer.industry],
    [t('source'), deal.source],
    [t('funnel'), funnel.label],
    [t('added'), formats.day(deal.addedAt)],
    [t('converted'), conversion && t('atRate', { amount: formats.money(conversion.original), rate: conversion.rate })],
    [t('lostReason'), deal.lostReason],
    [t('competitor'), deal.competitor],
  ];
  return (
    <section className="panel side-panel" aria-label={t('facts')}>
      <h2>{t('facts')}</h2>
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name} className="fact">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="panel-hint figures">
        {deal.id} · {t('revision', { revision: deal.revision })}
      </p>
    </section>
  );
}
