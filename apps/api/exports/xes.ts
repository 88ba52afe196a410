import type { CloudEvent } from '@funnel/contracts';
import type { MappingFile } from '@funnel/importing';
import type { FunnelDefinition } from '@funnel/sales';
import type { Case } from './cases.ts';
import { amountOf, typeOf } from './event-row.ts';
import { readingOfXes } from './xes-mapping.ts';

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const marks: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  ...{ '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' },
};
const escaped = (value: string): string =>
  value.replace(forbidden, '').replace(/[&<>"\n\r\t]/g, (mark) => marks[mark] ?? mark);

type Kind = 'string' | 'date' | 'float' | 'id' | 'int';
/** An attribute, or nothing where there is no value. */
const attribute = (kind: Kind, key: string, value: unknown): string =>
  value === undefined || value === null ? '' : `<${kind} key="${key}" value="${escaped(`${value as string}`)}"/>`;

const extensions = [
  ['Concept', 'concept'],
  ['Time', 'time'],
  ['Organizational', 'org'],
  ['Lifecycle', 'lifecycle'],
  ['Cost', 'cost'],
  ['Identity', 'identity'],
].map(([name, prefix]) => {
  return `<extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>\n`;
});

/** What every trace and every event has; classifiers may name nothing else. The values are those that XES gives such defaults. */
const globals = `<global scope="trace">${attribute('string', 'concept:name', 'unknown')}</global>
<global scope="event">${attribute('string', 'concept:name', 'unknown')}${attribute('date', 'time:timestamp', '1970-01-01T00:00:00.000Z')}${attribute('string', 'lifecycle:transition', 'complete')}${attribute('id', 'identity:id', '00000000-0000-0000-0000-000000000000')}${attribute('string', 'type', 'unknown')}</global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Event type" keys="type"/>
`;

const head = (funnel: FunnelDefinition, mapping: MappingFile): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n',
    ...extensions,
    globals,
    attribute('string', 'concept:name', funnel.label),
    attribute('string', 'lifecycle:model', 'standard'),
    attribute('string', 'funnel-ledger', JSON.stringify(mapping)),
    '\n',
  ].join('');

/** What a process-mining tool shows as a step: the stage that was entered, else what happened. */
const activityOf = (event: CloudEvent): string => {
  const { data } = event;
  const type = typeOf(event);
  if (type === 'ProspectAdded') return `${data['stage'] as string}`;
  if (type === 'StageAdvanced' || type === 'StageRegressed') return `${data['to'] as string}`;
  return type === 'ContactLogged' ? `${type} ${data['kind'] as string}` : type;
};

/** What was said at a contact, or what is to be done next. */
const noteOf = ({ data }: CloudEvent): unknown =>
  data['note'] ?? (data['step'] as { action: string } | undefined)?.action;

const ownerAfter = (event: CloudEvent, before: unknown): unknown => {
  const type = typeOf(event);
  if (type === 'ProspectAdded') return event.data['ownerId'];
  return type === 'OwnerReassigned' ? event.data['to'] : before;
};

const eventElement = (event: CloudEvent, owner: unknown): string => {
  const amount = amountOf(event);
  return [
    '<event>',
    attribute('string', 'concept:name', activityOf(event)),
    attribute('date', 'time:timestamp', event.time),
    attribute('string', 'lifecycle:transition', 'complete'),
    attribute('string', 'org:resource', owner),
    attribute('float', 'cost:total', amount?.value),
    attribute('string', 'cost:currency', amount?.currency),
    attribute('id', 'identity:id', event.id),
    attribute('string', 'type', typeOf(event)),
    attribute('string', 'reason', event.data['reason']),
    attribute('string', 'note', noteOf(event)),
    attribute('string', 'expectedClose', event.data['expectedClose']),
    attribute('date', 'recordedAt', event.recordedat),
    attribute('string', 'actor', event.actor),
    attribute('string', 'data', JSON.stringify(event.data)),
    '</event>\n',
  ].join('');
};

const traceAttributes = ({ subject, events }: Case): string => {
  const added = events.find((event) => typeOf(event) === 'ProspectAdded')?.data ?? {};
  const customer = (added['customer'] ?? {}) as Record<string, unknown>;
  return [
    attribute('string', 'concept:name', subject.replace(/^deal-/, '')),
    attribute('string', 'title', added['title']),
    attribute('string', 'customer', customer['name']),
    attribute('string', 'region', customer['region']),
    attribute('string', 'industry', customer['industry']),
    attribute('string', 'source', added['source']),
  ].join('');
};

const traceElement = (each: Case): string => {
  let owner: unknown;
  const events = each.events.map((event) => eventElement(event, (owner = ownerAfter(event, owner))));
  return `<trace>${traceAttributes(each)}\n${events.join('')}</trace>\n`;
};

/** The deals of one funnel as a log in XES (IEEE 1849), a trace per deal. It tells by itself how it is imported again. */
export async function* asXes(cases: AsyncIterable<Case>, funnel: FunnelDefinition): AsyncGenerator<string> {
  yield head(funnel, readingOfXes(funnel));
  for await (const each of cases) yield traceElement(each);
  yield '</log>\n';
}
