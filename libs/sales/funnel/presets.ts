import { funnelDefinition, type FunnelDefinition } from './funnel.events.ts';

const funnelList = {
  funnelId: 'funnel-list',
  label: 'Funnel list',
  nextStepRule: true,
  stages: [
    { key: 'opportunity', label: 'Opportunity', weight: 0, part: 'top', maxDwellDays: 30, handover: 'mail' },
    {
      key: 'p25',
      label: '25 %',
      weight: 0.25,
      part: 'top',
      maxDwellDays: 45,
      handover: 'phone',
      exitCriteria: [
        { key: 'first-appointment', label: 'First appointment done' },
        { key: 'project-approved', label: "Customer's project approved" },
        { key: 'plan-made', label: 'Sales plan made' },
      ],
    },
    {
      key: 'p50',
      label: '50 %',
      weight: 0.5,
      part: 'middle',
      maxDwellDays: 60,
      handover: 'phone',
      exitCriteria: [
        { key: 'right-person', label: 'Right person' },
        { key: 'right-proposal', label: 'Right proposal' },
        { key: 'budget', label: 'Budget' },
        { key: 'schedule', label: 'Schedule' },
      ],
    },
    {
      key: 'p90',
      label: '90 %',
      weight: 0.9,
      part: 'bottom',
      maxDwellDays: 30,
      handover: 'visit',
      exitCriteria: [
        { key: 'contract-on-desk', label: 'Contract on the desk' },
        { key: 'only-supplier', label: 'Only supplier' },
      ],
    },
  ],
};

const quarters = {
  funnelId: 'quarters',
  label: 'Quarters',
  stages: [
    { key: 'top', label: 'Top', weight: 0.25, part: 'top', maxDwellDays: 60, handover: 'mail' },
    { key: 'middle', label: 'Middle', weight: 0.5, part: 'middle', maxDwellDays: 45, handover: 'phone' },
    { key: 'bottom', label: 'Bottom', weight: 0.75, part: 'bottom', maxDwellDays: 30, handover: 'visit' },
  ],
};

const sixStep = {
  funnelId: 'six-step',
  label: 'Six steps',
  stages: [
    { key: 'lead', label: 'Lead', weight: 0.1, part: 'top', maxDwellDays: 30, handover: 'mail' },
    { key: 'contact', label: 'Contact', weight: 0.2, part: 'top', maxDwellDays: 30, handover: 'phone' },
    { key: 'need', label: 'Need', weight: 0.4, part: 'middle', maxDwellDays: 45, handover: 'phone' },
    { key: 'proposal', label: 'Proposal', weight: 0.6, part: 'middle', maxDwellDays: 45, handover: 'phone' },
    { key: 'negotiation', label: 'Negotiation', weight: 0.8, part: 'bottom', maxDwellDays: 30, handover: 'visit' },
    { key: 'closing', label: 'Closing', weight: 0.9, part: 'bottom', maxDwellDays: 14, handover: 'visit' },
  ],
};

/** The funnels that a company starts with, in its currency. They are ordinary definitions: revise them at will. */
export const presetsIn = (currency: string): readonly FunnelDefinition[] =>
  [funnelList, quarters, sixStep].map((preset) => funnelDefinition.parse({ ...preset, currency }));
