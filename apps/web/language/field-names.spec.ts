import { nameIn } from './field-names.ts';

describe('names that a company gives', () => {
  it('are told in the language of the reader where they have both', () => {
    expect([nameIn('en', 'Lead 潜在'), nameIn('zh-CN', 'Lead 潜在')]).toEqual(['Lead', '潜在']);
  });

  it('stay as they are where they have one', () => {
    expect([nameIn('en', '客户立项'), nameIn('zh-CN', 'Site visit'), nameIn('en', 'ISO 9001')]).toEqual([
      '客户立项',
      'Site visit',
      'ISO 9001',
    ]);
  });

  it('are the terms of the field in the funnels that come with the product', () => {
    expect([nameIn('zh-CN', 'Opportunity'), nameIn('en', 'Opportunity')]).toEqual(['机会', 'Opportunity']);
  });
});
