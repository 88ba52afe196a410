import { openOwners } from './open-owners.ts';

describe('who owns open deals', () => {
  it('is told by id, with how many they are', () => {
    const rows = [
      { open: true, ownerId: 'ben' },
      { open: true, ownerId: '10862' },
      { open: true, ownerId: 'ben' },
    ];
    expect(openOwners(rows)).toEqual([
      { ownerId: '10862', count: 1 },
      { ownerId: 'ben', count: 2 },
    ]);
  });

  it('leaves out what is closed, and what belongs to nobody', () => {
    const rows = [
      { open: false, ownerId: 'anna' },
      { open: true, ownerId: null },
    ];
    expect(openOwners(rows)).toEqual([]);
  });
});
